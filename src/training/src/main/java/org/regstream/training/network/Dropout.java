package org.regstream.training.network;

/** Where elements are dropped, and with which probability. */
public enum Dropout {
    NONE(0, 0),
    /** P1: on the last encoder convolution only. */
    LAST_ENCODER(0.1, 0),
    /** P2: in the decoder, on what the flow is made of; decision 0020 tells why there only. */
    DECODER(0, 0.2);

    private final double encoder;
    private final double decoder;

    Dropout(double encoder, double decoder) {
        this.encoder = encoder;
        this.decoder = decoder;
    }

    String afterEncoder(Operations o, String x) {
        return encoder > 0 ? o.dropout(x, encoder) : x;
    }

    String afterDecoder(Operations o, String x) {
        return decoder > 0 ? o.dropout(x, decoder) : x;
    }
}
