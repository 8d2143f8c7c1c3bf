package org.regstream.gateway.transcode.jpegls;

import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/** Registers the reader under a format name of its own; never chosen by looking at bytes. */
public final class JpegLsReaderSpi extends ImageReaderSpi {

    public static final String FORMAT = "jpeg-ls-java";
    public static final String READER = "org.regstream.gateway.transcode.jpegls.JpegLsReader";

    public JpegLsReaderSpi() {
        super("regstream", "1", new String[]{FORMAT}, null, null, READER, new Class<?>[]{ImageInputStream.class}, null,
                false, null, null, null, null, false, null, null, null, null);
    }

    @Override
    public boolean canDecodeInput(Object source) {
        return false;
    }

    @Override
    public ImageReader createReaderInstance(Object extension) {
        return new JpegLsReader(this);
    }

    @Override
    public String getDescription(Locale locale) {
        return "JPEG-LS of one component";
    }
}
