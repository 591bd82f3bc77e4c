package telos.devices.linux;

import java.io.IOException;

/** A program that stops the groups it is given, says so and who its guardian is, and waits to be killed. */
final class Holder {
    private Holder() {}

    public static void main(String[] groups) throws IOException {
        Guardian guardian = new Guardian();
        LinuxProcesses processes = new LinuxProcesses(guardian);
        for (String group : groups) {
            if (!(processes.adopt(Integer.parseInt(group)) instanceof Processes.Adopted(Family family))
                    || !family.stop()) {
                throw new IllegalStateException(group);
            }
        }
        System.out.println(guardian.pid());
        while (System.in.read() >= 0) {
            boolean _ = guardian.standsBy();
            System.out.println(guardian.pid());
        }
    }
}
