package org.regstream.tools.transform;

import java.nio.file.Path;
import java.util.List;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.transform.Mapped;

/** Points with all that their file says beside them. */
interface PointFile {

    /** @param name what people call it. @param lps LPS mm */
    record Point(String name, Vector3 lps) {}

    List<Point> points();

    /** @param moved as many as there are points, in their order
     *  @param out   gets the file with these places, in its own axes */
    void write(List<Mapped> moved, Path out);
}
