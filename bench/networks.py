"""Runs a network of torchvision or timm, a time for each line that it reads: PyTorch's part of networks.ts.

    python networks.py "ResNet-50" 8 2      the network, images at a time, threads

Prints "ready", then "done" after each run; or a line beginning with "without" where it cannot.
"""

import sys

try:
    import torch
    import torchvision
except ImportError as missing:
    print(f"without {missing.name}")
    sys.exit()


def lite0():
    import timm

    return timm.create_model("tf_efficientnet_lite0")


MODELS = {
    "MobileNet v2": torchvision.models.mobilenet_v2,
    "EfficientNet-Lite0": lite0,
    "ResNet-50": torchvision.models.resnet50,
    "GoogLeNet": lambda: torchvision.models.googlenet(aux_logits=False, init_weights=False),
    "ShuffleNet v2": torchvision.models.shufflenet_v2_x1_0,
}

name, batch, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
try:
    model = MODELS[name]().eval()
except ImportError as missing:
    print(f"without {missing.name}")
    sys.exit()
images = torch.randn(batch, 3, 224, 224)
print("ready", flush=True)
with torch.inference_mode():
    for _ in sys.stdin:
        model(images)
        print("done", flush=True)
