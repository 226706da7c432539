#!/usr/bin/env bash
# C-150: six pairs on CIFAR-10, epochs by temperature, attacked alike and brought together, as one request. CIFAR is the folder of its binary batches.
. "$(dirname "$0")/ask.sh"

ask DatasetService/CreateDataset <<END
{"dataset_id": "cifar10", "spec": {"display_name": "CIFAR-10", "cifar10": {"path": "${CIFAR:?the folder of the binary batches}"}}}
END
ask DatasetService/CreateSplit <<END
{"split_id": "cifar-150-2000", "spec": {"dataset": "datasets/cifar10", "seed": 1, "candidate": 150, "independent": 150, "external": 400, "public_set": 2000}}
END
ask AttackService/CreateAttackSweep <<END
{"run_id": "epochs-by-temperature", "plan": {"split": "splits/cifar-150-2000",
  "recipe": {"batch_size": 50, "learning_rate": 2e-3, "augmentation": "simclr-cifar"},
  "axes": [{"field": "epochs", "values": ["4", "12", "36"]}, {"field": "objective_options.temperature", "values": ["0.1", "0.5"]}],
  "deja_vu": {"cuts": ["projector", "backbone"],
    "crops": [{"corner": {"corner": "LOWER_LEFT", "fraction": 0.3}}, {"corner": {"corner": "LOWER_LEFT", "fraction": 0.5}}]}}}
END
