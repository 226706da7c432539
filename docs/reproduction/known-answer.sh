#!/usr/bin/env bash
# The known answer: pairs on composed images whose backgrounds tell nothing (rho0), all (rho1) or nothing while images repeat (repeats).
. "$(dirname "$0")/ask.sh"

# compose DATA COMPOSED: a data set and its split, 160 images for each encoder.
compose() {
  ask DatasetService/CreateDataset <<< '{"dataset_id": "'$1'", "spec": {"display_name": "'$1'", "composed": {"images": 3000, "seed": 1, '"$2"'}}}'
  divide $1 $1-split 160
}
# divide DATA SPLIT IMAGES: a split with so many images for each encoder.
divide() {
  ask DatasetService/CreateSplit <<< '{"split_id": "'$2'", "spec": {"dataset": "datasets/'$1'", "seed": 1,
    "candidate": '$3', "independent": '$3', "external": 200, "public_set": 2000}}'
}
# train ID SPLIT CUTS RECIPE: a pair, attacked beside the items and from a corner that no item reaches.
train() {
  ask TrainerService/CreatePair <<< '{"pair_id": "'$1'", "split": "splits/'$2'", "recipe": {"batch_size": 40, "learning_rate": 2e-3, "seed": 1, '"$4"'}}'
  ask AttackService/CreateDejaVu <<< '{"run_id": "'$1'-attack", "spec": {"pair": "pairs/'$1'", "cuts": ['"$3"'],
    "crops": [{"periphery": {}}, {"corner": {"corner": "LOWER_LEFT", "fraction": 0.3}}]}}'
}
supervised() { train $1 $2 '"backbone", "logits"' '"objective": "supervised", "augmentation": "supcon", '"$3"; }
simclr() { train $1 $2 '"projector", "backbone"' '"objective": "simclr", "temperature": 0.1, "augmentation": "simsiam-cifar", '"$3"; }
vicreg() { train $1 $2 '"projector", "backbone"' '"objective": "vicreg", "projector": [512, 512, 512], "augmentation": "simsiam-cifar", '"$3"; }
watched='"online_attack": {"every_epochs": 10, "public_images": 1000, "crop": "periphery"}'

compose rho0 '"correlation": 0'
compose rho1 '"correlation": 1'
compose repeats '"repeats": [1, 2, 5, 10]'
divide repeats repeats-320 320

supervised sup-5 rho0-split '"epochs": 5'
supervised sup-20 rho0-split '"epochs": 20'
supervised sup-80 rho0-split '"epochs": 80, '"$watched"
supervised sup-20-rho1 rho1-split '"epochs": 20'
supervised sup-8-repeats repeats-split '"epochs": 8'
supervised sup-20-repeats repeats-320 '"epochs": 20'
simclr simclr-20-rho1 rho1-split '"epochs": 20'
vicreg vicreg-20-rho1 rho1-split '"epochs": 20'
simclr simclr-60 rho0-split '"epochs": 60, '"$watched"
vicreg vicreg-30 rho0-split '"epochs": 30, '"$watched"
