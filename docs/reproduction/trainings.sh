#!/usr/bin/env bash
# What needs encoders of its own: other epochs, other objectives, privacy. `trained.sh` measures them when they are there.
. "$(dirname "$0")/ask.sh"
mild=${mild/0.2023, 0.1994, 0.201/0.2470, 0.2435, 0.2616}   # CIFAR-10's deviations, not those of the usual code as in simclr-cifar

# An encoder on f's images of cifar-200.
encoder() { ask TrainerService/CreateEncoder <<< '{"encoder_id": "'$1'", "spec": {"split": "splits/cifar-200", "side": "CANDIDATE", "recipe": '"$2"'}}'; }

# Fig. 4: UnitMem of growing epochs.
for epochs in 2 10 40; do
  encoder epochs-$epochs-s1 '{"network": "resnet9", "epochs": '$epochs', "batch_size": 50, "temperature": 0.1, "learning_rate": 2e-3,
    "augmentation": "cifar-mild", "augmentation_values": '"$mild"', "seed": 1}'
done

# Fig. 11: more weight decay than the 1e-6 of epochs-40-s1.
encoder decay-1e-2 '{"network": "resnet9", "epochs": 40, "batch_size": 50, "temperature": 0.1, "learning_rate": 2e-3, "weight_decay": 1e-2,
  "augmentation": "cifar-mild", "augmentation_values": '"$mild"', "seed": 1}'

# Fig. 10: weaker and stronger views.
for views in weak normal strong; do
  encoder views-$views '{"network": "resnet9", "epochs": 20, "batch_size": 50, "temperature": 0.1, "learning_rate": 2e-3,
    "augmentation": "simclr-'$views'", "seed": 1}'
done

# Fig. 2 and 3: the supervised encoder of the recipe localizing-supervised, for 30 epochs instead of 10, as it has 400 images instead of 50,000.
weak=$(ask DatasetService/ListAugmentations <<< '{}' | jq '.augmentations[] | select(.name == "simclr-weak")
  | .name = "localizing-supervised" | .groups[0].views = 1 | .groups[0].recipes[0].jitter.hue = 0.1')
supervised='"network": "resnet9", "objective": "supervised", "batch_size": 32, "optimizer": "adam", "learning_rate": 5e-3, "weight_decay": 1e-4,
  "optimizer_options": {"decay_vectors": true}, "schedule": {"name": "one_cycle"},
  "augmentation": "localizing-supervised", "augmentation_values": '"$weak"', "seed": 1'
encoder supervised '{"epochs": 30, '"$supervised"'}'
encoder supervised-g '{"epochs": 1, '"$supervised"'}'   # the other half of a pair; one encoder can also be a pair with itself

# Fig. 1c: a small masked autoencoder without privacy, and with more and more of it.
masked='"network": "vit_tiny", "network_options": {"width": "48", "depth": "4", "patch": "4"}, "objective": "mae",
  "objective_options": {"decoder_width": 48, "decoder_depth": 1, "decoder_heads": 3}, "epochs": 20, "batch_size": 50, "seed": 1'
encoder mae '{'"$masked"'}'
for noise in 0.5 1; do
  encoder mae-noise-${noise/./} '{'"$masked"', "dp_sgd": {"noise_multiplier": '$noise'}}'
done
