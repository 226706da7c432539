#!/usr/bin/env bash
# LayerMem, UnitMem and ClassMem of the finished pair cifar-s1 with the settings that the paper varies.
. "$(dirname "$0")/ask.sh"
pair='"pair": "pairs/cifar-s1"'

unit() { ask MetricsService/CreateUnitMem <<< '{"run_id": "s1-unit-'$1'", "spec": {'"$pair"', '"$2"'}}'; }
layer() { ask MetricsService/CreateLayerMem <<< '{"run_id": "s1-layer-'$1'", "spec": {'"$pair"', '"$2"'}}'; }

unit all '"views": 10'
ask MetricsService/CreateClassMem <<< '{"run_id": "s1-class", "spec": {'"$pair"'}}'
layer l2 '"distance": "L2"'               # Table 26
layer l1 '"distance": "L1"'
layer cosine '"distance": "COSINE"'
layer angular '"distance": "ANGULAR"'
layer 25 '"max_images": 25'               # Table 19
layer 50 '"max_images": 50'
layer 100 '"max_images": 100'
unit plain '"views": 1, "augmentation": "plain"'   # Fig. 5: without augmentation
unit 50 '"max_images": 50'                # Fig. 6
unit 100 '"max_images": 100'
unit 200 '"max_images": 200'
unit median '"others": "MEDIAN"'          # Fig. 8
for views in simclr-weak simclr-normal simclr-strong independent; do   # Fig. 9
  unit "${views#simclr-}" '"augmentation": "'$views'"'
done
unit g '"reference": true'
