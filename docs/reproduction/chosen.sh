#!/usr/bin/env bash
# UnitMem of f of cifar-s1 over images that are chosen: Table 11 and Fig. 7, Table 34, and the external points for Tables 13 and 14.
. "$(dirname "$0")/ask.sh"

unit() { ask MetricsService/CreateUnitMem <<< '{"run_id": "s1-unit-'$1'", "spec": {"pair": "pairs/cifar-s1", "image_ids": ['"$2"']}}'; }
# JSON leaves out an id of 0.
ids() { jq -r ".$1 | map(.image_id // \"0\") | join(\",\")"; }

scores=$(ask MetricsService/GetLayerMemResult <<< '{"run": "runs/cifar-s1-layermem"}')
unit most "$(ids most_memorized <<< "$scores")"
unit least "$(ids least_memorized <<< "$scores")"

images() { ask DatasetService/ListImages <<< '{"dataset": "datasets/cifar10", "page_size": '$1', '"$2"'}' | ids images; }
unit classes-10 "$(images 255 '"page_token": ""')"
unit classes-3 "$(images 85 '"label": 0'),$(images 85 '"label": 1'),$(images 85 '"label": 9')"   # airplane, automobile, truck
unit classes-1 "$(images 255 '"label": 1')"

unit external "$(ask MetricsService/ListImageScores <<< '{"run": "runs/cifar-s1-layermem", "subset": "external", "page_size": 500}' | ids images)"
