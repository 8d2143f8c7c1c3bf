package org.regstream.navigation;

import java.nio.ByteBuffer;
import java.util.List;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Structure;

/**
 * LBMETA: what the labels of a label image mean, 116 bytes a structure.
 *
 * <pre>
 * 0             64            84      85         86   87 88 89  90           96            116
 * | NAME (char) | ID (char)   | LABEL | reserved | R  G  B  A   | RI, RJ, RK | OWNER (char) |
 * </pre>
 *
 * @param structures in this order; a name is cut at 64 characters, and what is not ASCII in it becomes a question mark
 * @param labels     device name of the label image
 * @param owner      device name of the image it lies on
 * @param grid       of the label image
 */
public record LabelList(List<Structure> structures, String labels, String owner, Grid grid) implements Content {

    public static final String TYPE = "LBMETA";
    private static final int ELEMENT_SIZE = 116;
    private static final int NAME_SIZE = 64;
    private static final byte OPAQUE = (byte) 0xff;

    public LabelList {
        structures = List.copyOf(structures);
        Ascii.require("the label image's name", labels, MessageHeader.DEVICE_SIZE);
        Ascii.require("the owner's name", owner, MessageHeader.DEVICE_SIZE);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public long size() {
        return (long) ELEMENT_SIZE * structures.size();
    }

    @Override
    public void encode(ByteBuffer to) {
        structures.forEach(s -> encode(to, s));
    }

    private void encode(ByteBuffer to, Structure structure) {
        int rgb = Integer.parseInt(structure.colour().substring(1), 16);
        Ascii.put(to, Ascii.fit(structure.name(), NAME_SIZE), NAME_SIZE);
        Ascii.put(to, labels, MessageHeader.DEVICE_SIZE);
        to.put((byte) structure.label()).put((byte) 0);
        to.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb).put(OPAQUE);
        to.putShort((short) grid.width()).putShort((short) grid.height()).putShort((short) grid.depth());
        Ascii.put(to, owner, MessageHeader.DEVICE_SIZE);
    }
}
