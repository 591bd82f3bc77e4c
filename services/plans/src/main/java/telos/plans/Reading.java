package telos.plans;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.DictBox;
import telos.plans.values.Outline;
import telos.plans.values.Peers;
import telos.plans.values.SubscriptOutlines;
import telos.plans.values.Value;

/**
 * What was read under a text that everybody knows, of one of several dictionaries that a secret chose. As long as nothing new
 * can be known of them, the same is known of what stands under it in another one of them: an inline cache.
 *
 * @param peers the dictionaries, as they were then
 * @param pc what decided that the run was there
 * @param plain whether whoever knows that the run was there may know what was read, or which dictionary it was read of
 */
@SuppressWarnings("ReferenceEquality") // the same object is meant
record Reading(
        Peers peers,
        int version,
        Label pc,
        Label container,
        Outline known,
        Value at,
        Label shape,
        Label floor,
        Label label,
        Outline outline,
        boolean plain) {

    /**
     * What was just read; null where another may be read in another way.
     *
     * @param last what was told of reading there
     */
    static @Nullable Reading of(Machine machine, Value container, Value at, Value found, Recollection last) {
        Outline known = container.outline();
        Outline outline = found.outline();
        if (known == null
                || outline == null
                || !machine.mayRepeat()
                || !found.isScalar()
                || !(container.payload() instanceof DictBox dict)) {
            return null;
        }
        boolean plain = machine.open(found.label()) || machine.open(Accesses.way(container, at.label()));
        boolean sure = plain
                || last.of(machine.known(container), machine.known(at), SubscriptOutlines::item)
                        .cannotFail();
        Groups.Group group = machine.groups.of(dict);
        if (!sure || group == null) {
            return null;
        }
        Peers peers = group.peers();
        return new Reading(
                peers,
                peers.version(),
                machine.pc,
                container.label(),
                known,
                at,
                dict.shape(),
                dict.floor(),
                found.label(),
                outline,
                plain);
    }

    /** What is read now; null where it is not to be read like that. */
    @Nullable
    Value read(Machine machine, Value now, Value index) {
        if (index != at
                || machine.pc != pc
                || now.label() != container
                || now.outline() != known
                || !(now.payload() instanceof DictBox dict)
                || !dict.isOf(peers, version)
                || dict.shape() != shape
                || dict.floor() != floor) {
            return null;
        }
        Value standing = dict.standing(index.payload());
        if (standing == null || !standing.isScalar()) {
            return null;
        }
        machine.repeat(Shortcut.READING);
        if (!plain) {
            machine.reserve(outline.mostSteps(), outline.mostBytes(), Accesses.way(now, index.label()));
        }
        return new Value(standing.payload(), label, outline);
    }
}
