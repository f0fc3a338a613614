import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import nl.inl.blacklab.index.DocumentFormats;
import nl.inl.blacklab.index.Indexer;
import nl.inl.blacklab.indexers.config.ConfigInputFormat;
import nl.inl.blacklab.queryParser.corpusql.CorpusQueryLanguageParser;
import nl.inl.blacklab.search.BlackLab;
import nl.inl.blacklab.search.BlackLabIndex;
import nl.inl.blacklab.search.BlackLabIndex.IndexType;
import nl.inl.blacklab.search.Kwic;
import nl.inl.blacklab.search.indexmetadata.Annotation;
import nl.inl.blacklab.search.results.ContextSize;
import nl.inl.blacklab.search.results.Hit;
import nl.inl.blacklab.search.results.Hits;
import nl.inl.blacklab.search.results.Kwics;
import nl.inl.blacklab.search.results.QueryInfo;

/**
 * BlackLab's engine in one process, asked through standard input.
 *
 *   java Peer index FORMAT INPUT INDEX   makes an index of a file, described by FORMAT
 *   java Peer ask NAME=INDEX …           answers lines of NAME, count or lines, warm runs, runs, seconds and query, with tabs between
 *                                        them, by the count and the milliseconds of each run, or by "error" and why
 */
public final class Peer {
    private static final int PAGE = 50;
    private static final ContextSize CONTEXT = ContextSize.get(5, Integer.MAX_VALUE);

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("index")) {
            index(new File(arguments[1]), new File(arguments[2]), new File(arguments[3]));
        } else {
            ask(arguments);
        }
    }

    private static void index(File format, File input, File folder) throws Exception {
        ConfigInputFormat config = new ConfigInputFormat(format);
        DocumentFormats.add(config);
        Indexer indexer = Indexer.create(
                BlackLab.openForWriting(folder, true, config.getName(), null, IndexType.INTEGRATED), config.getName());
        try {
            indexer.index(input);
        } finally {
            indexer.close();
        }
    }

    private static void ask(String[] arguments) throws IOException {
        Map<String, BlackLabIndex> indexes = new HashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            String[] pair = arguments[i].split("=", 2);
            indexes.put(pair[0], BlackLab.open(new File(pair[1])));
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] part = line.split("\t", 6);
            boolean lines = part[1].equals("lines");
            out.println(measured(indexes.get(part[0]), lines, Integer.parseInt(part[2]), Integer.parseInt(part[3]),
                    Double.parseDouble(part[4]), part[5]));
        }
        System.exit(0);
    }

    /** A run that takes longer than all runs may is ended. */
    private static String measured(BlackLabIndex index, boolean lines, int warm, int runs, double seconds, String query) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<String> answer = thread.submit(() -> timed(index, lines, warm, runs, seconds, query));
        try {
            return answer.get((long) (seconds * 1000) * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return "error\t" + String.valueOf(e.getCause()).replaceAll("\\s+", " ");
        } catch (TimeoutException | InterruptedException e) {
            return "error\tno answer in " + seconds * 2 + " s";
        } finally {
            thread.shutdownNow();
        }
    }

    private static String timed(BlackLabIndex index, boolean lines, int warm, int runs, double seconds, String query) throws Exception {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        for (int i = 0; i < warm && System.nanoTime() < end; i++) answered(index, lines, query);
        StringJoiner times = new StringJoiner("\t");
        long count = 0;
        int asked = 0;
        do {
            long began = System.nanoTime();
            count = answered(index, lines, query);
            times.add(String.valueOf((System.nanoTime() - began) / 1e6));
        } while (++asked < runs && System.nanoTime() < end);
        return count + "\t" + times;
    }

    private static long answered(BlackLabIndex index, boolean lines, String query) throws Exception {
        Hits hits = index.find(CorpusQueryLanguageParser.parse(query).toQuery(QueryInfo.create(index)));
        long count = hits.size();
        if (lines) concordance(index, hits);
        return count;
    }

    private static List<String> concordance(BlackLabIndex index, Hits hits) {
        Annotation word = index.mainAnnotatedField().mainAnnotation();
        Hits page = hits.window(0, PAGE);
        Kwics kwics = page.kwics(CONTEXT);
        List<String> lines = new ArrayList<>();
        for (Hit hit : page) {
            Kwic kwic = kwics.get(hit);
            lines.add(String.join(" ", kwic.before(word)) + "\t" + String.join(" ", kwic.match(word)) + "\t"
                    + String.join(" ", kwic.after(word)));
        }
        return lines;
    }
}
