package telos.bench.injection.travel;

/** What is booked, from when to when. */
record Reservation(String kind, String name, String start, String end) {}
