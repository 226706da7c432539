#!/usr/bin/env bash
# UnitMem of the encoders of trainings.sh, when these have succeeded. It belongs to a pair, whose second encoder it does not look at.
. "$(dirname "$0")/ask.sh"

measured() {
  ask TrainerService/CreatePair <<< '{"pair_id": "'$1'", "split": "splits/cifar-200", "candidate": "encoders/'$1'", "reference": "encoders/'$2'"}'
  ask MetricsService/CreateUnitMem <<< '{"run_id": "'$1'-unit", "spec": {"pair": "pairs/'$1'"}}'
}

for seed in 1 2; do
  for epochs in 2 10 40; do measured epochs-$epochs-s$seed cifar-s1-g; done
done
measured supervised cifar-s1-g
ask MetricsService/CreateClassMem <<< '{"run_id": "supervised-class", "spec": {"pair": "pairs/supervised"}}'
for noise in "" -noise-05 -noise-1; do measured mae$noise mae; done
