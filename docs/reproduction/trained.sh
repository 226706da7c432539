#!/usr/bin/env bash
# UnitMem of the encoders of trainings.sh, when these have succeeded. It belongs to a pair, and does not look at its second encoder, which needs the same normalization.
. "$(dirname "$0")/ask.sh"

measured() {
  ask TrainerService/CreatePair <<< '{"pair_id": "'$1'", "split": "splits/cifar-200", "candidate": "encoders/'$1'", "reference": "encoders/'$2'"}'
  ask MetricsService/CreateUnitMem <<< '{"run_id": "'$1'-unit", "spec": {"pair": "pairs/'$1'"}}'
}

measured supervised supervised-g
ask MetricsService/CreateClassMem <<< '{"run_id": "supervised-class", "spec": {"pair": "pairs/supervised"}}'
measured epochs-2-s1 epochs-10-s1
for epochs in 10 40; do measured epochs-$epochs-s1 epochs-2-s1; done
measured decay-1e-2 epochs-2-s1
for views in weak normal strong; do   # all seen through the same views
  ask TrainerService/CreatePair <<END
{"pair_id": "views-$views", "split": "splits/cifar-200", "candidate": "encoders/views-$views", "reference": "encoders/supervised"}
END
  ask MetricsService/CreateUnitMem <<< '{"run_id": "views-'$views'-unit", "spec": {"pair": "pairs/views-'$views'", "augmentation": "simclr-normal"}}'
done
measured mae mae-noise-1
for noise in 05 1; do measured mae-noise-$noise mae; done
