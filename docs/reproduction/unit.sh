#!/usr/bin/env bash
# Tables 13 and 14: the units of conv 8 with the highest and the lowest UnitMem over the external points (chosen.sh), each tuned alone on the one image that drives
# the first most. `unit.sh tune`, and when these have succeeded `unit.sh measure`.
. "$(dirname "$0")/ask.sh"

units=$(ask MetricsService/ListUnits <<< '{"run": "runs/s1-unit-external", "layer": "layer3_residual2.relu", "page_size": 500}')
image=$(jq -r '.units[0].top_images[0].image_id // "0"' <<< "$units")
external=$(ask MetricsService/ListImageScores <<< '{"run": "runs/cifar-s1-layermem", "subset": "external", "page_size": 500}' | jq -r '.images | map(.image_id // "0") | join(",")')

tune() {
  ask FineTuneService/FineTune <<END
{"encoder_id": "$1", "spec": {"source": "encoders/cifar-s1-f", "layers": ["layer3_residual2.conv"], "unit": $2, "image_ids": [$image],
  "recipe": {"epochs": $3, "batch_size": 2, "augmentation": "plain", "warmup_epochs": 0, "schedule": {"name": "constant"}, "seed": 1}}}
END
}
measure() {
  ask TrainerService/CreatePair <<< '{"pair_id": "'$1'", "split": "splits/cifar-200", "candidate": "encoders/'$1'", "reference": "encoders/cifar-s1-g"}'
  ask MetricsService/CreateUnitMem <<< '{"run_id": "'$1'-unit", "spec": {"pair": "pairs/'$1'", "image_ids": ['"$external"']}}'
}
for epochs in 10 50 200; do
  "${1:?tune or measure}" highest-$epochs "$(jq '.units[0].unit // 0' <<< "$units")" $epochs
  "$1" lowest-$epochs "$(jq '.units[-1].unit // 0' <<< "$units")" $epochs
done
