package org.regstream.dicom;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Value representations of DICOM PS3.5 section 6.2: how wide a length field and a word of the value are, how it is padded. */
public enum Vr {
    AE, AS, AT, CS, DA, DS, DT, FD, FL, IS, LO, LT, OB, OD, OF, OL, OV, OW, PN, SH, SL, SQ, SS, ST, SV, TM, UC, UI, UL, UN, UR, US, UT, UV;

    private static final Set<Vr> LONG = EnumSet.of(OB, OD, OF, OL, OV, OW, SQ, SV, UC, UN, UR, UT, UV);
    private static final Set<Vr> TEXT = EnumSet.of(AE, AS, CS, DA, DS, DT, IS, LO, LT, PN, SH, ST, TM, UC, UR, UT);
    private static final Set<Vr> WORDS_OF_2 = EnumSet.of(AT, OW, SS, US);
    private static final Set<Vr> WORDS_OF_4 = EnumSet.of(FL, OF, OL, SL, UL);
    private static final Set<Vr> WORDS_OF_8 = EnumSet.of(FD, OD, OV, SV, UV);

    private static final Vr[] BY_LETTERS = new Vr[26 * 26];

    static {
        for (Vr vr : values()) {
            BY_LETTERS[place(vr.name().charAt(0), vr.name().charAt(1))] = vr;
        }
    }

    /** @return the representation these two characters name, empty if none */
    public static Optional<Vr> of(int first, int second) {
        boolean areLetters = first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z';
        return areLetters ? Optional.ofNullable(BY_LETTERS[place(first, second)]) : Optional.empty();
    }

    private static int place(int first, int second) {
        return 26 * (first - 'A') + second - 'A';
    }

    /** Whether explicit syntaxes write two reserved bytes and a length of 32 bits, not a length of 16 bits. */
    public boolean hasLongLength() {
        return LONG.contains(this);
    }

    /** @return bytes of one word, which big endian syntaxes turn round: 1, 2, 4 or 8 */
    public int wordBytes() {
        return WORDS_OF_2.contains(this) ? 2 : WORDS_OF_4.contains(this) ? 4 : WORDS_OF_8.contains(this) ? 8 : 1;
    }

    /** @return what makes an odd value even: a space for text, 0 for all else (unique identifiers too) */
    public byte padding() {
        return (byte) (TEXT.contains(this) ? ' ' : 0);
    }

    /** @return most characters of one value that is written; values that are read may be longer */
    public int maxCharacters() {
        switch (this) {
            case AE, CS, DS, SH, TM :
                return 16;
            case IS :
                return 12;
            case DA :
                return 8;
            case DT :
                return 26;
            case LO, UI, PN :
                return 64;
            default :
                return 1024;
        }
    }
}
