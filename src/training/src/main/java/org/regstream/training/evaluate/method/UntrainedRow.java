package org.regstream.training.evaluate.method;

import java.util.function.Function;
import org.regstream.training.data.Task;
import org.regstream.training.evaluate.row.Cost;
import org.regstream.training.evaluate.row.Paper;
import org.regstream.training.evaluate.row.PreparedRow;
import org.regstream.training.evaluate.row.Registrar;
import org.regstream.training.evaluate.row.Row;
import org.regstream.training.evaluate.row.RowSite;

/** A row that learns nothing. @param method made for the task */
record UntrainedRow(String name, String label, Paper paper, Function<Task, Registrar> method) implements Row {

    @Override
    public PreparedRow prepare(RowSite site) {
        return new PreparedRow(method.apply(site.task()), Cost.NOTHING);
    }
}
