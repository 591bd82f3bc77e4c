package telos.bench.injection.office;

import telos.bench.injection.Environment;

/** An environment in which somebody has a desk. */
public interface HasDesk extends Environment {
    Desk desk();
}
