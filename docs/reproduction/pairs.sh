#!/usr/bin/env bash
# C-400: three pairs on CIFAR-10. CIFAR is the folder of its binary batches (two training batches and the test batch are enough).
. "$(dirname "$0")/ask.sh"

ask DatasetService/CreateDataset <<END
{"dataset_id": "cifar10", "spec": {"display_name": "CIFAR-10", "cifar10": {"path": "${CIFAR:?the folder of the binary batches}"}}}
END
ask DatasetService/CreateSplit <<END
{"split_id": "cifar-200", "spec": {"dataset": "datasets/cifar10", "seed": 1,
  "shared": 200, "candidate": 200, "independent": 200, "external": 400, "public_set": 3000}}
END
for seed in 1 2 3; do
  ask TrainerService/CreatePair <<END
{"pair_id": "cifar-s$seed", "split": "splits/cifar-200", "recipe": {"network": "resnet9", "epochs": 500, "batch_size": 50, "temperature": 0.1,
  "learning_rate": 2e-3, "warmup_epochs": 50, "augmentation": "cifar-mild", "augmentation_values": $mild, "seed": $seed}}
END
  ask MetricsService/CreateLayerMem <<< '{"run_id": "cifar-s'$seed'-layermem", "spec": {"pair": "pairs/cifar-s'$seed'"}}'
done
