#!/usr/bin/env bash
# Public images that nearly show a training image: by pixels, named and left out, and by an encoder. After pairs.sh, which makes data set and encoder.
. "$(dirname "$0")/ask.sh"

# divide ID DATASET TRAINING PUBLIC NEAR
divide() {
  ask DatasetService/CreateSplit <<< '{"split_id": "'$1'", "spec": {"dataset": "datasets/'$2'", "seed": 1, "candidate": '$3', "independent": '$3', "external": 400,
    "public_set": '$4', "near_duplicates": {'"$5"'}}}'
}
ask DatasetService/CreateDataset <<< '{"dataset_id": "fashion", "spec": {"display_name": "Fashion-MNIST", "bundled": {"id": "fashion-mnist-test"}}}'
divide fashion-near-pixels fashion 500 8000 '"distance": 0.05'
divide cifar-near-pixels cifar10 1000 20000 '"distance": 0.05'
divide cifar-near-removed cifar10 1000 20000 '"distance": 0.05, "remove": true'
divide cifar-near-encoder cifar10 1000 20000 '"encoder": "encoders/cifar-s1-f", "distance": 0.05'
