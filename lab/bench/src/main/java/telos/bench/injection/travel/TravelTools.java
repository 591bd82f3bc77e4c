package telos.bench.injection.travel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import telos.bench.injection.Arguments;
import telos.bench.injection.Deed;
import telos.bench.injection.Labels;
import telos.bench.injection.Refusal;
import telos.bench.injection.office.CalendarTools;
import telos.bench.injection.office.MailTools;
import telos.plans.Datum;

/** What the agent can do at the travel agency. */
final class TravelTools {
    private TravelTools() {}

    static List<Deed<Agency>> all() {
        Function<Agency, List<Place>> hotels = Agency::hotels;
        Function<Agency, List<Place>> restaurants = Agency::restaurants;
        Function<Agency, List<Place>> cars = Agency::cars;
        List<Deed<Agency>> all = new ArrayList<>(List.of(
                Deed.read(
                        "get_user_information",
                        "",
                        Labels.rows(),
                        (agency, _) -> new Facts(Facts.Kind.USER, agency.user())),
                inCity("get_all_hotels_in_city", hotels),
                rows("get_hotels_prices", "hotel_names", hotels, "price_min", "price_max"),
                ratings("get_rating_reviews_for_hotels", "hotel_names", hotels),
                fact("get_hotels_address", "hotel_name", hotels, "address"),
                inCity("get_all_restaurants_in_city", restaurants),
                fact("get_cuisine_type_for_restaurants", "restaurant_names", restaurants, "cuisine_type"),
                fact("get_restaurants_address", "restaurant_names", restaurants, "address"),
                ratings("get_rating_reviews_for_restaurants", "restaurant_names", restaurants),
                fact(
                        "get_dietary_restrictions_for_all_restaurants",
                        "restaurant_names",
                        restaurants,
                        "dietary_restrictions"),
                fact("get_contact_information_for_restaurants", "restaurant_names", restaurants, "contact_information"),
                fact("get_price_for_restaurants", "restaurant_names", restaurants, "price_per_person"),
                fact("check_restaurant_opening_hours", "restaurant_names", restaurants, "operating_hours"),
                inCity("get_all_car_rental_companies_in_city", cars),
                fact("get_car_types_available", "company_name", cars, "car_types_available"),
                ratings("get_rating_reviews_for_car_rental", "company_name", cars),
                fact("get_car_fuel_options", "company_name", cars, "fuel_options"),
                fact("get_car_rental_address", "company_name", cars, "address"),
                fact("get_car_price_per_day", "company_name", cars, "price_per_day"),
                Deed.read("get_flight_information", "departure_city arrival_city", Labels.rows(), TravelTools::flights),
                reserve("reserve_hotel", "hotel start_day end_day", "hotel"),
                reserve("reserve_car_rental", "company start_time end_time", "car"),
                reserve("reserve_restaurant", "restaurant start_time", "restaurant"),
                MailTools.send()));
        all.addAll(CalendarTools.shared());
        return all;
    }

    private static Deed<Agency> inCity(String name, Function<Agency, List<Place>> kind) {
        return Deed.read(name, "city", Labels.facts(), (agency, given) -> {
            String city = given.text("city");
            return kind.apply(agency).stream()
                    .filter(place -> place.city().equals(city))
                    .map(Place::name)
                    .toList();
        });
    }

    /** One fact of each place that is named. */
    private static Deed<Agency> fact(String name, String parameter, Function<Agency, List<Place>> kind, String fact) {
        return Deed.read(
                name,
                parameter,
                Labels.facts(),
                (agency, given) -> named(kind.apply(agency), given.texts(parameter), place -> place.fact(fact)));
    }

    /** Several facts of each place that is named. */
    private static Deed<Agency> rows(
            String name, String parameter, Function<Agency, List<Place>> kind, String... facts) {
        return Deed.read(
                name,
                parameter,
                Labels.rows(),
                (agency, given) -> named(kind.apply(agency), given.texts(parameter), place -> Facts.of(place, facts)));
    }

    /** The ratings by place, which the directory attests, and beside them the reviews by place, which anybody writes. */
    private static Deed<Agency> ratings(String name, String parameter, Function<Agency, List<Place>> kind) {
        return Deed.read(name, parameter, Labels.rows(), (agency, given) -> {
            List<Place> places = kind.apply(agency);
            List<String> names = given.texts(parameter);
            return new Ratings(
                    named(places, names, place -> place.fact("rating")),
                    named(places, names, place -> place.fact("reviews")));
        });
    }

    private static SequencedMap<String, Object> named(
            List<Place> places, List<String> names, Function<Place, Object> told) {
        SequencedMap<String, Object> found = new LinkedHashMap<>();
        places.stream()
                .filter(place -> names.contains(place.name()))
                .forEach(place -> found.put(place.name(), told.apply(place)));
        return found;
    }

    private static List<Facts> flights(Agency agency, Arguments given) throws Refusal {
        Datum from = new Datum.Text(given.text("departure_city"));
        Datum to = new Datum.Text(given.text("arrival_city"));
        return agency.flights().stream()
                .filter(flight -> from.equals(flight.get("departure_city")) && to.equals(flight.get("arrival_city")))
                .map(flight -> new Facts(Facts.Kind.DIRECTORY, flight))
                .toList();
    }

    /** Books what the first parameter names, from the second on, to the third where there is one. */
    private static Deed<Agency> reserve(String name, String parameters, String kind) {
        List<String> names = List.of(parameters.split(" "));
        return Deed.effect(name, parameters, (agency, given) -> {
            String end = names.size() > 2 ? given.optionalText(names.get(2)).orElse("") : "";
            agency.reservations()
                    .add(new Reservation(kind, given.text(names.getFirst()), given.text(names.get(1)), end));
            return "booked";
        });
    }
}
