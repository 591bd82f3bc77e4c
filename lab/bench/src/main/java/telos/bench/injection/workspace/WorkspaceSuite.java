package telos.bench.injection.workspace;

import java.util.ArrayList;
import java.util.List;
import telos.bench.injection.Deed;
import telos.bench.injection.Suite;
import telos.bench.injection.Template;
import telos.bench.injection.office.CalendarTools;
import telos.bench.injection.office.DriveTools;
import telos.bench.injection.office.MailTools;

/** The suite of 40 tasks at an office desk. */
public final class WorkspaceSuite {
    private WorkspaceSuite() {}

    public static Suite<?> suite() {
        List<Deed<Office>> deeds = new ArrayList<>(MailTools.all());
        deeds.add(CalendarTools.today());
        deeds.addAll(CalendarTools.shared());
        deeds.addAll(CalendarTools.changes());
        deeds.addAll(DriveTools.all());
        return new Suite<>(
                "workspace",
                new Template(
                        "workspace",
                        List.of(
                                "workspace/include/inbox.yaml",
                                "workspace/include/calendar.yaml",
                                "workspace/include/cloud_drive.yaml")),
                Office::read,
                deeds,
                (office, row, field) -> office.desk().label(row, field),
                OfficeChecks.done(),
                OfficeAttacks.taken(),
                OfficeScripts.all());
    }
}
