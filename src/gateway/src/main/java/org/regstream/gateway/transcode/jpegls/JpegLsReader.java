package org.regstream.gateway.transcode.jpegls;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/** Gives dcm4che the samples of one JPEG-LS image, 16 bits each whatever their precision. Not thread-safe. */
final class JpegLsReader extends ImageReader {

    JpegLsReader(ImageReaderSpi provider) {
        super(provider);
    }

    @Override
    public BufferedImage read(int index, ImageReadParam param) throws IOException {
        byte[] codestream = codestream();
        JpegLsHeader header = JpegLsHeader.parse(codestream);
        short[] samples = JpegLsDecoder.decode(header, codestream);
        BufferedImage image = new BufferedImage(header.width(), header.height(), BufferedImage.TYPE_USHORT_GRAY);
        short[] pixels = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
        System.arraycopy(samples, 0, pixels, 0, samples.length);
        return image;
    }

    @Override
    public int getNumImages(boolean allowSearch) {
        return 1;
    }

    @Override
    public int getWidth(int index) throws IOException {
        return JpegLsHeader.parse(codestream()).width();
    }

    @Override
    public int getHeight(int index) throws IOException {
        return JpegLsHeader.parse(codestream()).height();
    }

    @Override
    public Iterator<ImageTypeSpecifier> getImageTypes(int index) {
        return List.of(ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_USHORT_GRAY)).iterator();
    }

    @Override
    public IIOMetadata getStreamMetadata() {
        return null;
    }

    @Override
    public IIOMetadata getImageMetadata(int index) {
        return null;
    }

    private byte[] codestream() throws IOException {
        ImageInputStream in = (ImageInputStream) getInput();
        in.mark();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            bytes.write(buffer, 0, n);
        }
        in.reset();
        return bytes.toByteArray();
    }
}
