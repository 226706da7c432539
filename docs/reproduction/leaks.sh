#!/usr/bin/env bash
# Déjà vu, probes at every cut, invariance and similarity of the finished pair cifar-s1.
. "$(dirname "$0")/ask.sh"
pair='"pair": "pairs/cifar-s1"'

corners=
for fraction in 0.2 0.25 0.3 0.35 0.4 0.45 0.5; do
  corners+='{"corner": {"corner": "LOWER_LEFT", "fraction": '$fraction'}},'
done
ask AttackService/CreateDejaVu <<END
{"run_id": "s1-corners", "spec": {$pair, "crops": [${corners%,}], "probe_control": true,
  "cuts": ["projector", "backbone", "layer3_residual2.conv", "layer3_head.conv", "layer2.conv"]}}
END
for fraction in 0.3 0.5; do
  ask AttackService/CreateOneModel <<END
{"run_id": "s1-one-model-${fraction#0.}", "spec": {$pair, "crop": {"corner": {"corner": "LOWER_LEFT", "fraction": $fraction}}}}
END
done
ask TrainerService/CreateProbe <<END
{"run_id": "s1-probe", "spec": {$pair, "layers": ["*"], "statistics": true, "corruptions": ["*"], "corrupted_images": 400}}
END
ask MetricsService/CreateInvariance <<< '{"run_id": "s1-invariance", "spec": {'"$pair"'}}'
ask MetricsService/CreateCka <<END
{"run_id": "s1-cka", "spec": {"first": "encoders/cifar-s1-f", "second": "encoders/cifar-s1-g", "dataset": "datasets/cifar10"}}
END
