package dev.engram.encoders.checkpoint;

/** How a file of weights is written. */
public enum WeightsFormat {
    SAFETENSORS("safetensors"),
    /** What {@code torch.save} writes since PyTorch 1.6. */
    PYTORCH_ZIP("pytorch-zip"),
    /** What it wrote before. */
    PYTORCH_LEGACY("pytorch-legacy");

    private final String text;

    WeightsFormat(String text) {
        this.text = text;
    }

    /** As contracts and reports write it. */
    @Override
    public String toString() {
        return text;
    }
}
