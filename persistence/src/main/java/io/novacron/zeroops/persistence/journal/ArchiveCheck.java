package io.novacron.zeroops.persistence.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Whether archives are as their manifests say, and each manifest is the one that the next month's names. */
final class ArchiveCheck {
    private final ArchiveFolder folder;

    ArchiveCheck(ArchiveFolder folder) {
        this.folder = folder;
    }

    /** One line for each problem, of all months from the first to the last. */
    List<String> all(Consumer<YearMonth> progress) throws IOException {
        List<YearMonth> months = folder.months();
        List<String> problems = new ArrayList<>();
        if (months.isEmpty()) {
            return problems;
        }
        YearMonth last = months.get(months.size() - 1);
        for (YearMonth month = months.get(0); !month.isAfter(last); month = month.plusMonths(1)) {
            progress.accept(month);
            problems.addAll(of(month));
        }
        return problems;
    }

    /** One line for each problem, of this month, and of what it says of the one before. */
    List<String> of(YearMonth month) throws IOException {
        Optional<ArchiveManifest> manifest;
        try {
            manifest = folder.read(month);
        } catch (IOException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        boolean hasRows = Files.isRegularFile(folder.rows(month));
        if (manifest.isEmpty()) {
            return List.of(folder.manifest(month).getFileName() + " is missing"
                    + (hasRows ? ": what wrote the rows was interrupted, or it was taken away" : ""));
        }
        List<String> problems = new ArrayList<>();
        if (!manifest.get().month().equals(month.toString())) {
            problems.add(folder.manifest(month).getFileName() + " is the manifest of "
                    + manifest.get().month());
        }
        if (!manifest.get().format().equals(ArchiveManifest.FORMAT)) {
            problems.add(folder.manifest(month).getFileName() + " is of format "
                    + manifest.get().format() + ", and this build reads " + ArchiveManifest.FORMAT);
        }
        chain(month, manifest.get(), problems);
        if (!hasRows) {
            problems.add(folder.rows(month).getFileName() + " is missing");
        } else if (!folder.fileSha256(month).equals(manifest.get().fileSha256())) {
            problems.add(folder.rows(month).getFileName() + " is not the file of which its manifest has the SHA-256");
        } else {
            rows(month, manifest.get(), problems);
        }
        return problems;
    }

    private void chain(YearMonth month, ArchiveManifest manifest, List<String> problems) throws IOException {
        YearMonth before = month.minusMonths(1);
        String sum = folder.manifestSha256(before);
        if (!sum.equals(manifest.previousSha256())) {
            String name = String.valueOf(folder.manifest(before).getFileName());
            problems.add(folder.manifest(month).getFileName()
                    + (sum.isEmpty()
                            ? " follows " + name + ", which is missing"
                            : manifest.previousSha256().isEmpty()
                                    ? " begins a chain, and yet there is " + name
                                    : " follows another " + name + " than is there"));
        }
    }

    private void rows(YearMonth month, ArchiveManifest manifest, List<String> problems) throws IOException {
        var contents = new Contents(month);
        String name = String.valueOf(folder.rows(month).getFileName());
        try {
            if (!folder.forEach(month, contents::add).equals(manifest.contentSha256())) {
                problems.add(name + ": its content is not that of which its manifest has the SHA-256");
            }
        } catch (EOFException e) {
            problems.add(name + " ends too early");
            return;
        } catch (IOException e) {
            problems.add(name + " cannot be read: " + e.getMessage());
            return;
        }
        if (contents.rows != manifest.rows()) {
            problems.add(name + " has " + contents.rows + " rows, and its manifest says " + manifest.rows());
        } else if (!contents.first.equals(manifest.first()) || !contents.last.equals(manifest.last())) {
            problems.add(name + " is from " + contents.first + " to " + contents.last + ", and its manifest says from "
                    + manifest.first() + " to " + manifest.last());
        }
        if (!contents.isInOrder) {
            problems.add(name + " has rows out of order");
        }
        if (!contents.isOfMonth) {
            problems.add(name + " has rows of another month");
        }
    }

    private static final class Contents {
        private final YearMonth month;
        private long rows;
        private Position first = Position.START;
        private Position last = Position.START;
        private boolean isInOrder = true;
        private boolean isOfMonth = true;

        Contents(YearMonth month) {
            this.month = month;
        }

        void add(ArchiveRow row) {
            isInOrder &= row.position().isAfter(last);
            isOfMonth &= row.month().equals(month);
            first = rows++ == 0 ? row.position() : first;
            last = row.position();
        }
    }
}
