package org.regstream.training.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.regstream.core.model.Structure;
import org.regstream.training.data.Dataset;
import org.regstream.training.data.Sample;
import org.regstream.training.data.Task;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.Protocol;
import org.regstream.training.evaluate.report.HtmlReport;
import org.regstream.training.evaluate.report.PairPictures;
import org.regstream.training.evaluate.row.Budget;
import org.regstream.training.evaluate.row.Row;
import org.regstream.training.evaluate.table.Comparison;
import org.regstream.training.evaluate.table.ComparisonFolder;
import org.regstream.training.evaluate.table.MarkdownTables;
import org.regstream.training.evaluate.table.ResultFiles;
import org.regstream.training.evaluate.table.RowRunner;
import org.regstream.training.evaluate.table.Terms;

/**
 * One comparison, from the data to its files. The images of the split's validation part are registered to; atlases come from all
 * training images, also where fewer train.
 *
 * @param command that the user gave, for the report
 */
record ComparisonRun(ComparisonOptions options, Task task, Dataset dataset, Protocol protocol, String command) {

    /** @param model folder of a package that is a row too, or null. @param out folder of the comparison */
    void run(Path model, Path out, PrintWriter console) throws IOException {
        List<Row> rows = options.rows(model).named(options.methods());
        List<Sample> bank = dataset.read(dataset.split().training(), task);
        List<String> validation = dataset.split().validation();
        Budget budget = options.budget(bank.size(), validation.size());
        List<Sample> fixed = dataset.read(validation.subList(0, budget.cases()), task);
        Terms terms = new Terms(task.id(), task.structures().stream().map(Structure::name).toList(), protocol, budget,
                options.plan().toString());
        ComparisonFolder folder = new ComparisonFolder(out);
        folder.begin(terms, options.isResumed());
        console.println(terms.sentence());
        console.flush();
        write(compared(rows, terms, bank, protocol.pair(fixed, bank), folder), out, console);
    }

    private Comparison compared(List<Row> rows, Terms terms, List<Sample> bank, List<Pairing> pairs,
            ComparisonFolder folder) {
        try (ConsoleWatch watch = new ConsoleWatch()) {
            return new RowRunner(task, terms, bank.subList(0, terms.budget().images()), pairs, folder, watch,
                    new PairPictures(folder.path(), task, protocol)).run(rows);
        }
    }

    private void write(Comparison comparison, Path out, PrintWriter console) throws IOException {
        String tables = new MarkdownTables(comparison).text();
        Files.writeString(out.resolve("results.md"), tables);
        new ResultFiles(comparison).write(out);
        new HtmlReport(comparison, out, command).write(out.resolve("report.html"));
        console.print(tables);
        console.println(out.resolve("report.html"));
        console.flush();
    }
}
