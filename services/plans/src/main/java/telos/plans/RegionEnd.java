package telos.plans;

/** What settles a region when it ends: a walk that was made for it, or one that was recalled. */
sealed interface RegionEnd permits Settlement, Precedent.Recalled {}
