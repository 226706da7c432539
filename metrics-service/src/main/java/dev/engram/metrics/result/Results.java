package dev.engram.metrics.result;

import dev.engram.store.artifact.ArtifactRepository;
import dev.engram.store.catalogue.Catalogue;

/**
 * What can be asked of results. All of it shares what was read last.
 *
 * @param measures each measure's own result
 * @param images results from an image's side
 * @param agreement of rankings
 * @param alignment of one measure with another
 */
public record Results(MeasureResults measures, ImageResults images, AgreementResults agreement, AlignmentResults alignment) {
    public static Results of(Catalogue catalogue, ArtifactRepository artifacts) {
        ResultArtifacts found = new ResultArtifacts(catalogue, artifacts);
        ResultFiles files = new ResultFiles(found);
        return new Results(
                new MeasureResults(found, files),
                new ImageResults(found, files),
                new AgreementResults(found, files),
                new AlignmentResults(found, files));
    }
}
