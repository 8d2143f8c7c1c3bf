package org.regstream.dicom;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Pattern;
import org.regstream.core.DecodeException;

/** Value bytes to text and numbers, tolerant of the padding the field sees: spaces and NULs on either side. */
final class Values {

    /** A decimal point, never a comma: "0,5" is refused, since it might as well be two values. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?+[0-9]*+\\.?+[0-9]*+([eE][-+]?+[0-9]++)?+");

    /** Longest value that is taken apart into text or numbers; the longest legal one we use is a few hundred bytes. */
    private static final int MAX_TEXT_BYTES = 1 << 16;

    /** Longest text that is taken for a number: the longest legal one has 16 characters, some devices write all digits of a double. */
    private static final int MAX_NUMBER_LENGTH = 32;

    /** Bytes of a decimal string, PS3.5 section 6.2. */
    private static final int MAX_DECIMAL_LENGTH = 16;

    private Values() {}

    static List<String> strings(Element.Bytes element, Charset charset) {
        requireModestLength(element);
        String text = trim(new String(element.value(), charset));
        if (text.isEmpty()) {
            return List.of();
        }
        if (text.indexOf('\\') < 0) {
            return List.of(text);
        }
        return Arrays.stream(text.split("\\\\", -1)).map(Values::trim).toList();
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) <= ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) <= ' ') {
            to--;
        }
        return text.substring(from, to);
    }

    /** Numbers of any representation; an unknown one (UN) is read as the dictionary says. */
    static double[] numbers(Element.Bytes element) {
        requireModestLength(element);
        Vr vr = element.vr() == Vr.UN ? Tag.of(element.tag()).map(Tag::vr).orElse(Vr.UN) : element.vr();
        ByteBuffer value = ByteBuffer.wrap(element.value()).order(ByteOrder.LITTLE_ENDIAN);
        int words = element.value().length / vr.wordBytes();
        switch (vr) {
            case US :
                return fill(words, i -> value.getShort(2 * i) & 0xffff);
            case SS :
                return fill(words, i -> value.getShort(2 * i));
            case UL :
                return fill(words, i -> value.getInt(4 * i) & 0xffffffffL);
            case SL :
                return fill(words, i -> value.getInt(4 * i));
            case FL :
                return fill(words, i -> value.getFloat(4 * i));
            case FD :
                return fill(words, i -> value.getDouble(8 * i));
            default :
                List<String> texts = strings(element, StandardCharsets.ISO_8859_1);
                return fill(texts.size(), i -> parse(element, texts.get(i)));
        }
    }

    private static double[] fill(int n, IntToDoubleFunction value) {
        double[] numbers = new double[n];
        Arrays.setAll(numbers, value);
        return numbers;
    }

    private static double parse(Element.Bytes element, String text) {
        if (text.isEmpty() || text.length() > MAX_NUMBER_LENGTH || !NUMBER.matcher(text).matches()) {
            throw notANumber(element);
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw notANumber(element);
        }
    }

    private static DecodeException notANumber(Element.Bytes element) {
        return new DecodeException(
                element + " holds something else than a number; expected decimal digits with a point");
    }

    static int toInt(Tag tag, double number) {
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw new DecodeException(tag + " must be a whole number of 32 bits, got a fraction or a larger one");
        }
        return (int) number;
    }

    /** As many digits as 16 characters hold, without a trailing zero; the error is below 1e-9 of the number. */
    static String decimalString(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("decimal strings must be finite, got " + number);
        }
        for (int digits = MAX_DECIMAL_LENGTH; digits > 0; digits--) {
            BigDecimal rounded = new BigDecimal(number).round(new MathContext(digits)).stripTrailingZeros();
            String plain = rounded.toPlainString();
            String text = plain.length() <= MAX_DECIMAL_LENGTH ? plain : scientific(rounded);
            if (text.length() <= MAX_DECIMAL_LENGTH) {
                return text;
            }
        }
        throw new IllegalArgumentException("no decimal string of 16 characters for " + number);
    }

    /** One digit before the point, as many as there are behind it. */
    private static String scientific(BigDecimal number) {
        String digits = number.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (number.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "E"
                + (digits.length() - 1 - number.scale());
    }

    /** The character set a (0008,0005) value names; one we do not know is read as Latin-1, as text is only copied on. */
    static Charset charset(byte[] value) {
        String first = trim(new String(value, StandardCharsets.US_ASCII).split("\\\\", 2)[0]);
        return "ISO_IR 192".equals(first) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    }

    private static void requireModestLength(Element.Bytes element) {
        if (element.value().length > MAX_TEXT_BYTES) {
            throw new DecodeException(element + " is too long, expected at most " + MAX_TEXT_BYTES);
        }
    }
}
