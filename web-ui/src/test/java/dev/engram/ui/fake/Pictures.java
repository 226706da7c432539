package dev.engram.ui.fake;

import com.google.protobuf.ByteString;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.Crop;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws 32×32 pieces of clothing, so that galleries show something. */
final class Pictures {
  static final List<String> CLASSES = List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker",
      "Bag", "Ankle boot");
  private static final int SIDE = 32;

  private Pictures() {
  }

  static int label(long image) {
    return (int) (image * 7 % CLASSES.size());
  }

  static ByteString png(long image, Crop crop) {
    BufferedImage whole = draw(image);
    if (!crop.hasCorner()) {
      return encode(whole);
    }
    CornerCrop corner = crop.getCorner();
    int side = Math.max(1, (int) ((corner.getFraction() == 0 ? 0.3 : corner.getFraction()) * SIDE));
    int x = switch (corner.getCorner()) {
      case LOWER_RIGHT, UPPER_RIGHT -> SIDE - side;
      case LOWER_LEFT, UPPER_LEFT, CORNER_UNSPECIFIED, UNRECOGNIZED -> 0;
    };
    int y = switch (corner.getCorner()) {
      case UPPER_LEFT, UPPER_RIGHT -> 0;
      case LOWER_LEFT, LOWER_RIGHT, CORNER_UNSPECIFIED, UNRECOGNIZED -> SIDE - side;
    };
    return encode(whole.getSubimage(x, y, side, side));
  }

  private static BufferedImage draw(long image) {
    Random random = new Random(image);
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    int grey = 90 + random.nextInt(160);
    g.setColor(new Color(grey, grey, grey));
    int w = random.nextInt(3) - 1;
    switch (label(image)) {
      case 1 -> {
        g.fillRect(10, 4, 12, 5);
        g.fillPolygon(new Polygon(new int[] {10, 15, 14 + w, 9 + w}, new int[] {8, 8, 29, 29}, 4));
        g.fillPolygon(new Polygon(new int[] {17, 22, 23 - w, 18 - w}, new int[] {8, 8, 29, 29}, 4));
      }
      case 3 -> g.fillPolygon(new Polygon(new int[] {13, 19, 18, 23 + w, 9 - w, 14}, new int[] {3, 3, 13, 29, 29, 13}, 6));
      case 5, 7, 9 -> {
        g.fillPolygon(new Polygon(new int[] {4, 12, 20, 28, 28, 4}, new int[] {12 - 3 * (label(image) - 7) + 2, 14, 18, 21, 25, 25}, 6));
        g.fillRect(4, 24, 24, 3);
      }
      case 8 -> {
        g.fillRoundRect(6, 13, 20, 14 + w, 3, 3);
        g.drawArc(10, 6, 12, 14, 0, 180);
      }
      default -> {
        g.fillPolygon(new Polygon(new int[] {11, 21, 27 + w, 24, 22, 22, 10, 10, 8, 5 - w},
            new int[] {4, 4, 10, 15, 13, 28, 28, 13, 15, 10}, 10));
        g.setColor(new Color(grey / 2, grey / 2, grey / 2));
        g.drawLine(16, 5, 16, 5 + label(image) * 2);
      }
    }
    g.dispose();
    for (int i = 0; i < 60; i++) {
      int x = 4 + random.nextInt(24);
      int y = 4 + random.nextInt(24);
      int v = Math.clamp((picture.getRGB(x, y) & 0xff) + random.nextInt(50) - 25, 0, 255);
      picture.setRGB(x, y, new Color(v, v, v).getRGB());
    }
    return picture;
  }

  private static ByteString encode(BufferedImage picture) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageIO.write(picture, "png", bytes);
      return ByteString.copyFrom(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
