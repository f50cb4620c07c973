package io.netverdict.service.api;

import io.javalin.http.Context;
import io.netverdict.correlator.model.Incident;
import io.netverdict.service.api.http.ApiProblem;
import io.netverdict.service.api.http.ByteRange;
import io.netverdict.service.api.http.Json;
import io.netverdict.service.api.http.Revalidation;
import io.netverdict.service.api.route.Route;
import io.netverdict.service.packets.DecodedSlice;
import io.netverdict.service.packets.SlicePackets;
import io.netverdict.storage.IncidentStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/** What hangs on an incident: its slice, the slice decoded, all of it as a bundle. */
final class IncidentFiles {
    private static final String SLICE_MEDIA_TYPE = "application/x-pcapng";

    private final IncidentStore store;
    private final Supplier<StatusDocument> status;

    /**
     * @param status the service's, for bundles
     */
    IncidentFiles(IncidentStore store, Supplier<StatusDocument> status) {
        this.store = store;
        this.status = status;
    }

    List<Route> routes() {
        return List.of(packets(), slice(), bundle());
    }

    private Route packets() {
        return Route.get(
                        IncidentReads.PATH + "/{id}/packets",
                        "getPackets",
                        "The slice's packets, decoded.")
                .takes(IncidentReads.ID)
                .answers(200, "The packets; none where no slice is kept.", DecodedSlice.class)
                .refuses(404, "There is no such incident.")
                .handledBy(this::packets);
    }

    private Route slice() {
        return Route.get(
                        IncidentReads.PATH + "/{id}/slice.pcapng",
                        "getSlice",
                        "The packets, with a comment on each that is evidence.")
                .takes(IncidentReads.ID)
                .answersFile(200, "A pcapng file.", SLICE_MEDIA_TYPE)
                .answersFile(206, "The part of it that Range asks for.", SLICE_MEDIA_TYPE)
                .answersNothing(304, "It is as the client has it, by If-None-Match.")
                .refuses(404, "There is no such incident, or no packets are kept with it.")
                .handledBy(this::slice);
    }

    private Route bundle() {
        return Route.get(
                        IncidentReads.PATH + "/{id}/bundle.zip",
                        "getBundle",
                        "All of an incident in one file to hand to support; README.txt in it tells"
                                + " what is what.")
                .takes(IncidentReads.ID)
                .answersFile(200, "A zip file.", "application/zip")
                .refuses(404, "There is no such incident.")
                .handledBy(this::bundle);
    }

    private void slice(Context context) {
        Incident incident = IncidentReads.find(store, context);
        InputStream slice =
                store.slice(incident.id())
                        .orElseThrow(
                                () ->
                                        ApiProblem.notFound(
                                                "no packets are kept with this incident"));
        attach(context, SLICE_MEDIA_TYPE, incident.id() + ".pcapng");
        if (Revalidation.isCurrent(context, incident.slice().sha256())) {
            close(slice);
            return;
        }
        // Payload is for nobody's cache, whatever the tag.
        context.header("Cache-Control", "no-store").disableCompression();
        send(context, slice, incident.slice().bytes());
    }

    /** The file, or the part of it that is asked for. */
    private static void send(Context context, InputStream file, long total) {
        context.header("Accept-Ranges", "bytes");
        ByteRange range = ByteRange.of(context.header("Range"), total);
        if (range == null) {
            context.result(file);
            return;
        }
        try (file) {
            file.skipNBytes(range.first());
            byte[] part = file.readNBytes(Math.toIntExact(range.length()));
            context.status(206).header("Content-Range", range.contentRange(total)).result(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(InputStream slice) {
        try {
            slice.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The slice's packets, decoded for people. */
    private void packets(Context context) throws IOException {
        Incident incident = IncidentReads.find(store, context);
        try (InputStream slice = store.slice(incident.id()).orElse(null)) {
            Json.answer(
                    context,
                    200,
                    slice == null ? SlicePackets.none() : SlicePackets.of(incident, slice));
        }
    }

    private void bundle(Context context) throws IOException {
        Incident incident = IncidentReads.find(store, context);
        Bundle bundle = new Bundle(incident, status.get(), () -> store.slice(incident.id()));
        attach(context, "application/zip", "netverdict-" + incident.id() + ".zip");
        context.disableCompression();
        try (OutputStream out = context.res().getOutputStream()) {
            bundle.write(out);
        }
    }

    private static void attach(Context context, String mediaType, String name) {
        context.contentType(mediaType)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }
}
