#!/usr/bin/env bash
# Pruning, exchanging and fine-tuning f of the pair cifar-s1; Fashion-MNIST is the other data set.
. "$(dirname "$0")/ask.sh"
mild=${mild/0.2023, 0.1994, 0.201/0.2470, 0.2435, 0.2616}   # CIFAR-10's deviations, not those of the usual code as in simclr-cifar

ask DatasetService/CreateDataset <<< '{"dataset_id": "fashion", "spec": {"display_name": "Fashion-MNIST, test", "bundled": {"id": "fashion-mnist-test"}}}'
ask DatasetService/CreateSplit <<END
{"split_id": "fashion-400", "spec": {"dataset": "datasets/fashion", "seed": 1,
  "shared": 200, "candidate": 200, "independent": 200, "external": 2000, "public_set": 500}}
END
ask TrainerService/CreateEncoder <<END
{"encoder_id": "fashion-f", "spec": {"split": "splits/fashion-400", "side": "CANDIDATE", "recipe": {"network": "resnet9", "epochs": 60,
  "batch_size": 50, "temperature": 0.1, "learning_rate": 2e-3, "augmentation": "cifar-mild", "augmentation_values": $mild, "seed": 1}}}
END

# Table 6, probed on CIFAR-10 and Fashion-MNIST.
ask InterventionService/CreatePruning <<END
{"run_id": "s1-pruning", "spec": {"source": "encoders/cifar-s1-f", "unit_mem": "runs/s1-unit-all", "trials": 10,
  "pools": ["UNIT_POOL_PER_LAYER", "UNIT_POOL_TOTAL"], "shares": [0, 0.1, 0.2], "splits": ["splits/cifar-200", "splits/fashion-400"]}}
END
# Tables 23, 30 and 32.
ask InterventionService/CreateExchange <<END
{"run_id": "s1-exchange-pairs", "spec": {"source": "encoders/cifar-s1-f", "other": "encoders/fashion-f", "largest": 2, "layer_mem": "runs/cifar-s1-layermem"}}
END
conv2=layer1_head.conv conv3=layer1_residual1.conv conv4=layer1_residual2.conv conv5=layer2.conv
conv6=layer3_head.conv conv7=layer3_residual1.conv conv8=layer3_residual2.conv
# Tables 21, 22 and 33: triples out of three sets of five layers, among them those that the paper names. Less to learn a probe on, so that they are quick; the splits'
# training images are those of cifar-200 and fashion-400.
ask DatasetService/CreateSplit <<END
{"split_id": "cifar-200-1000", "spec": {"dataset": "datasets/cifar10", "seed": 1,
  "shared": 200, "candidate": 200, "independent": 200, "external": 400, "public_set": 1000}}
END
ask DatasetService/CreateSplit <<END
{"split_id": "fashion-400-500", "spec": {"dataset": "datasets/fashion", "seed": 1,
  "shared": 200, "candidate": 200, "independent": 200, "external": 500, "public_set": 500}}
END
triples() {
  ask InterventionService/CreateExchange <<END
{"run_id": "s1-triples-$1", "spec": {"source": "encoders/cifar-s1-f", "other": "encoders/fashion-f", "source_split": "splits/cifar-200-1000",
  "other_split": "splits/fashion-400-500", "largest": 3, "layers": ["$2", "$3", "$4", "$5", "$6"], "layer_mem": "runs/cifar-s1-layermem"}}
END
}
triples 23468 $conv2 $conv3 $conv4 $conv6 $conv8
triples 45678 $conv4 $conv5 $conv6 $conv7 $conv8
triples 23578 $conv2 $conv3 $conv5 $conv7 $conv8
# Table 24: blocks of the ResNet-50 of small.sh, out of one that has seen Fashion-MNIST.
ask TrainerService/CreateEncoder <<END
{"encoder_id": "fashion50", "spec": {"split": "splits/fashion-400", "side": "CANDIDATE", "recipe": {"network": "resnet50", "network_options": {"stem": "7x7"},
  "objective": "simclr", "epochs": 40, "batch_size": 50, "temperature": 0.1, "learning_rate": 1e-3, "warmup_epochs": 4,
  "augmentation": "cifar-mild", "augmentation_values": $mild, "seed": 1}}}
END
blocks() {
  ask InterventionService/CreateExchange <<END
{"run_id": "res50-blocks-$1", "spec": {"source": "encoders/res50-s1-f", "other": "encoders/fashion50", "source_split": "splits/cifar-200-1000",
  "other_split": "splits/fashion-400-500", "largest": 3, "layers": ["$2", "$3", "$4"], "layer_mem": "runs/res50-s1-layermem"}}
END
}
blocks most layer1.2 layer2.3 layer3.5
blocks random layer2.1 layer3.3 layer4.1
blocks least layer1.0 layer1.1 layer2.2
blocks last layer4.0 layer4.1 layer4.2
# Table 5: which layers are tuned on the other data set, beside the head.
tune() {
  local layers= layer
  for layer in "${@:2}"; do layers+='"'$layer'",'; done
  for seed in 1 2; do
    ask FineTuneService/FineTune <<END
{"encoder_id": "s1-tuned-$1-$seed", "spec": {"source": "encoders/cifar-s1-f", "split": "splits/fashion-400", "layers": [${layers%,}],
  "recipe": {"epochs": 10, "batch_size": 50, "augmentation": "plain", "seed": $seed}}}
END
  done
}
tune head
tune 6 $conv6
tune 8 $conv8
tune 468 $conv4 $conv6 $conv8
tune 678 $conv6 $conv7 $conv8
tune 5 $conv5
tune 234 $conv2 $conv3 $conv4
tune 235 $conv2 $conv3 $conv5
