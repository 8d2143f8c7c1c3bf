package org.regstream.core.geometry;

/**
 * A position or a direction in patient space, LPS: {@code x} towards the patient's left, {@code y} towards the back,
 * {@code z} towards the head; millimetres for a position, unit-free for a direction.
 */
public record Vector3(double x, double y, double z) {

    public Vector3 plus(Vector3 o) {
        return new Vector3(x + o.x, y + o.y, z + o.z);
    }

    public Vector3 minus(Vector3 o) {
        return new Vector3(x - o.x, y - o.y, z - o.z);
    }

    public Vector3 times(double s) {
        return new Vector3(s * x, s * y, s * z);
    }

    public double dot(Vector3 o) {
        return x * o.x + y * o.y + z * o.z;
    }

    /** Right-handed cross product. */
    public Vector3 cross(Vector3 o) {
        return new Vector3(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
    }

    public double norm() {
        return Math.sqrt(dot(this));
    }

    /** @return this scaled to length 1
     *  @throws IllegalArgumentException if the length is 0 or not finite */
    public Vector3 normalized() {
        double n = norm();
        if (!(n > 0) || Double.isInfinite(n)) {
            throw new IllegalArgumentException("cannot normalise " + this + ": its length is " + n);
        }
        return times(1 / n);
    }
}
