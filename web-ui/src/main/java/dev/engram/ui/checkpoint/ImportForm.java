package dev.engram.ui.checkpoint;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.engram.ui.form.Fields;
import dev.engram.ui.format.Numbers;
import dev.engram.v1.ChannelNormalization;
import dev.engram.v1.CheckpointReport;
import dev.engram.v1.ImportEncoderRequest;
import dev.engram.v1.ImportEncoderSpec;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What an import needs beside the file: its id, how strict it is, how its images were normalized. It knows no service. */
final class ImportForm extends Div {
  private static final Pattern NUMBERS = Pattern.compile("\\s*(-?\\d*\\.?\\d+([eE]-?\\d+)?(\\s*[, ]\\s*)?)*\\s*");

  final Fields fields = new Fields();
  final TextField id = fields.text("encoder_id", "Id of the encoder", "", "Made up if empty. Lower-case letters, digits, dashes.");
  final TextField mean = fields.text("spec.normalization.mean", "Mean of the channels", "", "red, green, blue of images in [0, 1]; empty: ImageNet's");
  final TextField std = fields.text("spec.normalization.std", "Deviation of the channels", "", "above 0; empty: ImageNet's");
  final TextField augmentation = fields.text("spec.augmentation", "Views when measured", "", "name of an augmentation recipe; empty: simclr-normal");
  final Checkbox strict = fields.check("spec.strict", "Strict: every tensor in its place", true);

  ImportForm() {
    add(fields);
  }

  /** Strict where that would succeed. */
  void set(CheckpointReport report) {
    strict.setValue(report.getStrictOk());
    strict.setHelperText(report.getStrictOk() ? "" : Numbers.count(report.getMissingTotal(), "missing tensor")
        + " would keep the initial values of seed 0; what is unexpected is left out.");
  }

  /** Whether the numbers can be read; if not, says so at their fields. */
  boolean readable() {
    boolean readable = true;
    for (TextField field : List.of(mean, std)) {
      boolean one = NUMBERS.matcher(field.getValue()).matches();
      field.setErrorMessage("Numbers, separated by commas.");
      field.setInvalid(!one);
      readable &= one;
    }
    return readable;
  }

  /** The request that imports exactly the file of this report, without a request id. */
  ImportEncoderRequest request(ImportState state, CheckpointReport report) {
    ImportEncoderSpec.Builder spec = ImportEncoderSpec.newBuilder().setSource(state.source()).setReading(state.reading())
        .setNetwork(report.getNetwork()).putAllNetworkOptions(report.getNetworkOptionsMap()).setSide(report.getSide())
        .setStrict(strict.getValue()).setAugmentation(augmentation.getValue().strip()).setSha256(report.getSha256());
    if (!mean.getValue().isBlank() || !std.getValue().isBlank()) {
      spec.setNormalization(ChannelNormalization.newBuilder().addAllMean(numbers(mean)).addAllStd(numbers(std)));
    }
    return ImportEncoderRequest.newBuilder().setEncoderId(id.getValue().strip()).setSpec(spec).build();
  }

  private static List<Double> numbers(TextField field) {
    return Arrays.stream(field.getValue().strip().split("[,\\s]+")).filter(number -> !number.isEmpty()).map(Double::valueOf).toList();
  }
}
