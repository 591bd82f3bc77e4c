package telos.training;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Draws the loss over the steps, on a logarithmic scale, as a PNG. */
final class LossCurve {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 480;
    private static final int MARGIN = 60;

    private LossCurve() {}

    static void draw(List<Float> losses, int stretch, Path target) throws IOException {
        System.setProperty("java.awt.headless", "true");
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, HEIGHT);
        double low = Math.log10(losses.stream().min(Float::compare).orElse(0.1f)) - 0.05;
        double high = Math.log10(losses.stream().max(Float::compare).orElse(1f)) + 0.05;
        for (int exponent = -4; exponent <= 1; exponent++) {
            for (int digit : new int[] {1, 2, 5}) {
                double value = digit * Math.pow(10, exponent);
                if (Math.log10(value) < low || Math.log10(value) > high) {
                    continue;
                }
                int y = y(Math.log10(value), low, high);
                g.setColor(new Color(0xDDDDDD));
                g.drawLine(MARGIN, y, WIDTH - MARGIN / 2, y);
                g.setColor(Color.DARK_GRAY);
                g.drawString(String.format(Locale.ROOT, value < 0.01 ? "%.4f" : "%.2f", value), 8, y + 5);
            }
        }
        for (int i = 0; i <= 5; i++) {
            int x = MARGIN + i * (WIDTH - MARGIN - MARGIN / 2) / 5;
            g.drawString(Integer.toString(losses.size() * stretch * i / 5), x - 10, HEIGHT - MARGIN / 2 + 10);
        }
        g.drawString("loss by step", WIDTH / 2 - 30, MARGIN / 2);
        Path2D path = new Path2D.Double();
        for (int i = 0; i < losses.size(); i++) {
            double x = MARGIN + i * (WIDTH - MARGIN - MARGIN / 2.0) / Math.max(1, losses.size() - 1);
            int y = y(Math.log10(losses.get(i)), low, high);
            if (i == 0) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
        }
        g.setColor(new Color(0x1F5FBF));
        g.setStroke(new BasicStroke(1.6f));
        g.draw(path);
        g.dispose();
        ImageIO.write(image, "png", target.toFile());
    }

    private static int y(double value, double low, double high) {
        return (int) (HEIGHT - MARGIN - (value - low) / (high - low) * (HEIGHT - 2 * MARGIN));
    }
}
