package org.regstream.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Names of the code's constants as words on the wire: lower case, joined by hyphens. */
public final class Words {

    private Words() {}

    /** @return such as {@code network-fitted} */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @return the constant of that word; empty if there is none */
    static <E extends Enum<E>> Optional<E> read(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants()).filter(constant -> of(constant).equals(word)).findFirst();
    }
}
