package io.netverdict.correlator.survey;

import io.netverdict.capture.recording.Recording;
import io.netverdict.correlator.scene.Scene;
import io.netverdict.correlator.scene.SceneReader;
import io.netverdict.correlator.survey.FlowBatches.Batch;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the scenes of batches in their order; where the recording allows it, one is read ahead
 * while the one before is examined. For one thread.
 */
final class BatchReader {
    private final SceneReader sceneReader = new SceneReader();
    private final Recording recording;
    private final Iterator<Batch> batches;
    private CompletableFuture<Scene> ahead;

    BatchReader(Recording recording, List<Batch> batches) {
        this.recording = recording;
        this.batches = batches.iterator();
        readAhead();
    }

    private void readAhead() {
        ahead = null;
        if (recording.isShareable() && batches.hasNext()) {
            Batch batch = batches.next();
            ahead = CompletableFuture.supplyAsync(() -> read(batch));
        }
    }

    private Scene read(Batch batch) {
        return sceneReader.readFlows(recording, batch.starts());
    }

    /** The scene of the next batch. */
    Scene next() {
        if (ahead == null) {
            return read(batches.next());
        }
        Scene scene = ahead.join();
        readAhead();
        return scene;
    }
}
