# Sourced by the scripts beside it. `ask Service/Method` sends the JSON it reads to the Engram at $ENGRAM (localhost:8080) by grpcurl; the same request twice
# is the same run. Ends the script at the first refusal.
set -euo pipefail

ask() { grpcurl -plaintext -d @ "${ENGRAM:-localhost:8080}" "engram.v1.$1"; }

# simclr-cifar with crops of at least 0.3 of the area: weaker views repeat sooner, so that few images are learned by heart in little time.
mild='{
  "name": "cifar-mild",
  "groups": [{"views": 2, "relative_side": 1, "recipes": [{
    "crop": {"min_area": 0.3, "max_area": 1, "min_aspect": 0.75, "max_aspect": 1.3333333333333333, "interpolation": "BICUBIC"},
    "horizontal_flip": 0.5,
    "jitter": {"probability": 0.8, "brightness": 0.4, "contrast": 0.4, "saturation": 0.4, "hue": 0.1},
    "grayscale": 0.2}]}],
  "normalization": {"mean": [0.4914, 0.4822, 0.4465], "deviation": [0.2023, 0.1994, 0.201]}}'
