#!/usr/bin/env bash
# Pairs on few images, cheap enough to be trained again: ResNet-9 by three seeds (Table 28, replicates) and with other views (Table 27), residual networks (Tables
# 15 to 17) and a small vision transformer (Tables 2 and 10).
. "$(dirname "$0")/ask.sh"
mild=${mild/0.2023, 0.1994, 0.201/0.2470, 0.2435, 0.2616}   # CIFAR-10's deviations, not those of the usual code as in simclr-cifar

# split ID IMAGES EXTERNAL: as many candidates as independents, and nothing shared.
split() {
  ask DatasetService/CreateSplit <<< '{"split_id": "'$1'", "spec": {"dataset": "datasets/cifar10", "seed": 1,
    "candidate": '$2', "independent": '$2', "external": '$3', "public_set": 1000}}'
}
# pair ID SPLIT RECIPE
pair() {
  ask TrainerService/CreatePair <<< '{"pair_id": "'$1'", "split": "splits/'$2'", "recipe": {"objective": "simclr", "batch_size": 50, "temperature": 0.1,
    "augmentation": "cifar-mild", "augmentation_values": '"$mild"', '"$3"'}}'
  ask MetricsService/CreateLayerMem <<< '{"run_id": "'$1'-layermem", "spec": {"pair": "pairs/'$1'"}}'
}

split cifar-50 50 200
for seed in 1 2 3; do
  pair small-s$seed cifar-50 '"network": "resnet9", "epochs": 400, "learning_rate": 2e-3, "warmup_epochs": 40, "seed": '$seed
done
ask MetricsService/CreateReplicates <<'END'
{"run_id": "small-seeds", "spec": {"replicates": [{"seed": 1, "layer_mem": "runs/small-s1-layermem"}, {"seed": 2, "layer_mem": "runs/small-s2-layermem"},
  {"seed": 3, "layer_mem": "runs/small-s3-layermem"}]}}
END

# Tables 15 to 17: deeper networks on the same images; ResNet-18 for 150 epochs, as it is eleven times the work.
pair res20-s1 cifar-50 '"network": "resnet20", "epochs": 400, "learning_rate": 2e-3, "warmup_epochs": 40, "seed": 1'
pair res18-s1 cifar-50 '"network": "resnet18", "epochs": 150, "learning_rate": 2e-3, "warmup_epochs": 15, "seed": 1'

# With the 7x7 stem, 8x8 of 32 pixels at once, the deepest cost little.
for depth in 34 50; do
  pair res$depth-s1 cifar-50 '"network": "resnet'$depth'", "network_options": {"stem": "7x7"}, "epochs": 300, "learning_rate": 1e-3, "warmup_epochs": 30, "seed": 1'
done

# Table 27: weaker and stronger views, measured with those they were trained with, and all three with the same.
for views in weak normal strong; do
  ask TrainerService/CreatePair <<< '{"pair_id": "views50-'$views'", "split": "splits/cifar-50", "recipe": {"objective": "simclr", "network": "resnet9",
    "epochs": 400, "batch_size": 50, "temperature": 0.1, "learning_rate": 2e-3, "warmup_epochs": 40, "augmentation": "simclr-'$views'", "seed": 1}}'
  ask MetricsService/CreateLayerMem <<< '{"run_id": "views50-'$views'-layermem", "spec": {"pair": "pairs/views50-'$views'"}}'
  ask MetricsService/CreateLayerMem <<< '{"run_id": "views50-'$views'-same", "spec": {"pair": "pairs/views50-'$views'", "augmentation": "simclr-normal"}}'
done

split cifar-100 100 400
pair vit100-s1 cifar-100 '"network": "vit_tiny", "network_options": {"width": "48", "depth": "6", "patch": "8", "heads": "3"},
  "epochs": 500, "learning_rate": 1e-3, "warmup_epochs": 50, "seed": 1'
