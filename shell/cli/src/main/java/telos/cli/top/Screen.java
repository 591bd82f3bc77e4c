package telos.cli.top;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/**
 * A terminal given over to one board. Keys and drawing have a thread, and whatever the daemon has to answer another, so that
 * a slow daemon does not keep anybody from leaving.
 */
public final class Screen implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    private final Terminal terminal;
    private final Source source;
    private final boolean colours;
    private final Board board;
    private final BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Sample> newest = new AtomicReference<>();
    private final AtomicReference<@Nullable String> told = new AtomicReference<>();
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final AtomicBoolean resized = new AtomicBoolean();
    private final Attributes before;
    private final Display display;
    private final Thread restoring = new Thread(this::restore, "restore the terminal");
    private Size size = new Size(80, 24);
    private volatile int seconds;
    private boolean restored;

    /** Takes the terminal over; {@link #close} gives it back. */
    public Screen(Terminal terminal, Source source, int seconds, boolean colours) {
        this.terminal = terminal;
        this.source = source;
        this.colours = colours;
        this.board = new Board(seconds);
        this.seconds = board.seconds();
        this.display = new Display(terminal, true);
        Runtime.getRuntime().addShutdownHook(restoring);
        terminal.handle(Terminal.Signal.INT, _ -> leaving.set(true));
        terminal.handle(Terminal.Signal.WINCH, _ -> resized.set(true));
        terminal.handle(Terminal.Signal.CONT, _ -> resized.set(true));
        this.before = terminal.enterRawMode();
        Attributes raw = new Attributes(terminal.getAttributes());
        raw.setLocalFlag(Attributes.LocalFlag.ISIG, false); // Ctrl-C is a key like others
        terminal.setAttributes(raw);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.keypad_xmit);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
    }

    /** Shows the daemon until somebody leaves. */
    public void run() {
        Thread asking = Thread.ofVirtual().start(this::ask);
        try {
            watch();
        } catch (IOException e) {
            leaving.set(true); // the terminal has gone
        } finally {
            asking.interrupt();
        }
    }

    private void watch() throws IOException {
        BindingReader keys = new BindingReader(terminal.reader());
        KeyMap<Key> bindings = bindings();
        resized.set(true);
        while (!leaving.get()) {
            boolean changed = news();
            if (resized.getAndSet(false)) {
                resize();
                changed = true;
            }
            if (changed) {
                draw();
            }
            int next = keys.peekCharacter(LOOK_MILLIS);
            if (next == -1) {
                return; // the end of the input
            }
            if (next >= 0) {
                Key key = keys.readBinding(bindings);
                if (key == null) {
                    return;
                }
                press(
                        key instanceof Key.Typed
                                ? new Key.Typed(keys.getLastBinding().codePointAt(0))
                                : key);
            }
        }
    }

    private boolean news() {
        Sample sample = newest.getAndSet(null);
        String text = told.getAndSet(null);
        if (sample != null) {
            board.take(sample);
        }
        if (text != null) {
            board.tell(text);
        }
        return sample != null || text != null;
    }

    private void press(Key key) {
        Wish wish = board.press(key);
        seconds = board.seconds();
        switch (wish) {
            case Wish.Leave() -> leaving.set(true);
            case Wish.Redraw() -> resized.set(true);
            case Wish.Draw() -> draw();
            case Wish.Refresh() -> {
                wishes.add(wish);
                draw();
            }
            case Wish.Kill(Row row) -> {
                board.tell("killing " + row.title());
                wishes.add(wish);
                draw();
            }
            case Wish.Weigh(Row row, long weight) -> {
                board.tell("giving " + row.title() + " the weight " + weight);
                wishes.add(wish);
                draw();
            }
        }
    }

    /** Asks the daemon, again and again, and has it do what is wished. */
    private void ask() {
        try {
            while (!leaving.get()) {
                newest.set(source.sample());
                Wish wish = wishes.poll(seconds, TimeUnit.SECONDS);
                if (wish instanceof Wish.Kill(Row row)) {
                    told.set(source.kill(row));
                } else if (wish instanceof Wish.Weigh(Row row, long weight)) {
                    told.set(source.weigh(row, weight));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the screen has been left
        }
    }

    private void resize() {
        Size now = terminal.getSize();
        size = now.getRows() > 0 && now.getColumns() > 0 ? now : new Size(80, 24);
        synchronized (display) {
            if (!restored) {
                display.clear();
                display.resize(size.getRows(), size.getColumns());
            }
        }
    }

    private void draw() {
        List<AttributedString> lines = new ArrayList<>();
        for (Frame.Line line : Frame.of(board, size.getColumns(), size.getRows())) {
            lines.add(painted(line, size.getColumns()));
        }
        synchronized (display) {
            if (!restored) {
                display.update(lines, 0);
            }
        }
    }

    private AttributedString painted(Frame.Line line, int width) {
        AttributedStyle plain = AttributedStyle.DEFAULT;
        return switch (line.look()) {
            case PLAIN -> new AttributedString(line.text(), plain);
            case HEAD -> new AttributedString(line.text(), plain.bold());
            case FAINT -> new AttributedString(line.text(), colours ? plain.faint() : plain);
            case ALARM -> new AttributedString(line.text(), colours ? plain.foreground(AttributedStyle.YELLOW) : plain);
            case SELECTED -> {
                int gap = Math.max(0, width - new AttributedString(line.text()).columnLength());
                yield new AttributedString(line.text() + " ".repeat(gap), plain.inverse());
            }
        };
    }

    private KeyMap<Key> bindings() {
        KeyMap<Key> map = new KeyMap<>();
        map.setAmbiguousTimeout(100);
        map.setUnicode(new Key.Typed(0));
        map.setNomatch(Key.Named.UNKNOWN);
        for (char c = ' '; c < 127; c++) {
            map.bind(new Key.Typed(c), String.valueOf(c));
        }
        map.bind(Key.Named.UP, KeyMap.key(terminal, Capability.key_up), "\u001b[A", "\u001bOA");
        map.bind(Key.Named.DOWN, KeyMap.key(terminal, Capability.key_down), "\u001b[B", "\u001bOB");
        map.bind(Key.Named.PAGE_UP, "\u001b[5~");
        map.bind(Key.Named.PAGE_DOWN, "\u001b[6~");
        map.bind(Key.Named.HOME, "\u001b[H", "\u001bOH", "\u001b[1~");
        map.bind(Key.Named.END, "\u001b[F", "\u001bOF", "\u001b[4~");
        map.bind(Key.Named.TAB, "\t");
        map.bind(Key.Named.ENTER, "\r", "\n");
        map.bind(Key.Named.BACKSPACE, "\b", "\u007f");
        map.bind(Key.Named.ESCAPE, "\u001b");
        map.bind(Key.Named.REDRAW, KeyMap.ctrl('L'));
        map.bind(Key.Named.LEAVE, KeyMap.ctrl('C'), KeyMap.ctrl('D'));
        return map;
    }

    /** Leaves the terminal as it was. */
    private void restore() {
        synchronized (display) {
            if (restored) {
                return;
            }
            restored = true;
            terminal.puts(Capability.exit_ca_mode);
            terminal.puts(Capability.keypad_local);
            terminal.puts(Capability.cursor_visible);
            terminal.setAttributes(before);
            terminal.flush();
        }
    }

    @Override
    public void close() {
        leaving.set(true);
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(restoring);
        } catch (IllegalStateException _) {
            // the program is leaving, and the hook has run or does so now
        }
    }
}
