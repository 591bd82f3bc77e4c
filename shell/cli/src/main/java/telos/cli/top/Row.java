package telos.cli.top;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Somebody who uses the daemon or wants to.
 *
 * @param id by which it is known to people; unique in its kind
 * @param entity by which the daemon knows it where its weight counts; empty if it has none
 * @param asked part of all service that it asks for, by weight
 * @param got part of all service that it got lately
 * @param waited seconds that it has been waiting
 * @param used service in all, for sorting
 * @param usedText the same for people
 * @param age in seconds
 * @param what it was asked to do
 */
public record Row(
        Kind kind,
        String id,
        String name,
        String state,
        Optional<String> entity,
        OptionalLong weight,
        double asked,
        double got,
        double waited,
        double used,
        String usedText,
        double age,
        String what) {

    String key() {
        return kind + " " + entity.orElse(id);
    }

    String title() {
        return kind.word() + " " + id + (name.isEmpty() ? "" : " (" + name + ")");
    }
}
