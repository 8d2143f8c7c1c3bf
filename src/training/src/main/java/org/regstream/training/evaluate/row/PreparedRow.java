package org.regstream.training.evaluate.row;

/** A row that is ready to register. @param registrar owned by whoever has this @param cost what it took */
public record PreparedRow(Registrar registrar, Cost cost) implements AutoCloseable {

    @Override
    public void close() {
        registrar.close();
    }
}
