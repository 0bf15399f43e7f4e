"""PyTorch: how long a training step takes (forward, cross-entropy, backward, SGD); each step's milliseconds after the warm-up, as JSON.

Usage: step.py resnet50|vit_small_patch16_224 BATCH STEPS nchw|channels-last

Networks are torchvision's and, as timm is not packaged, a transformer of the same layers and sizes as timm's. The batch and its labels are drawn
once and stay. As many threads as OMP_NUM_THREADS says.
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional
from torchvision import models

CLASSES, SIDE, WARM_UP = 16, 224, 2


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.scale = (width // heads) ** -0.5
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def forward(self, x):
        samples, tokens, width = x.shape
        q, k, v = self.qkv(x).reshape(samples, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        weights = ((q @ k.transpose(-2, -1)) * self.scale).softmax(-1)
        return self.proj((weights @ v).transpose(1, 2).reshape(samples, tokens, width))


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.norm1 = nn.LayerNorm(width, eps=1e-6)
        self.attn = Attention(width, heads)
        self.norm2 = nn.LayerNorm(width, eps=1e-6)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class VisionTransformer(nn.Module):
    def __init__(self, width, depth, heads, patch=16):
        super().__init__()
        self.patch_embed = nn.Conv2d(3, width, patch, patch)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        self.pos_embed = nn.Parameter(torch.randn(1, 1 + (SIDE // patch) ** 2, width) * 0.02)
        self.blocks = nn.Sequential(*(Block(width, heads) for _ in range(depth)))
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.head = nn.Linear(width, CLASSES)

    def forward(self, images):
        patches = self.patch_embed(images).flatten(2).transpose(1, 2)
        tokens = torch.cat((self.cls_token.expand(len(images), -1, -1), patches), 1) + self.pos_embed
        return self.head(self.norm(self.blocks(tokens))[:, 0])


NETWORKS = {
    "resnet50": lambda: models.resnet50(num_classes=CLASSES),
    "vit_small_patch16_224": lambda: VisionTransformer(384, 12, 6),
}


def main(name, batch, steps, layout):
    torch.manual_seed(1)
    form = {"nchw": torch.contiguous_format, "channels-last": torch.channels_last}[layout]
    network = NETWORKS[name]().to(memory_format=form).train()
    images = torch.rand(int(batch), 3, SIDE, SIDE).to(memory_format=form)
    labels = torch.randint(CLASSES, (int(batch),))
    optimizer = torch.optim.SGD(network.parameters(), lr=1e-3, momentum=0.9, nesterov=True, weight_decay=1e-4)
    times = []
    for _ in range(WARM_UP + int(steps)):
        begin = time.perf_counter()
        loss = functional.cross_entropy(network(images), labels)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        times.append(1000 * (time.perf_counter() - begin))
    result = {
        "milliseconds": times[WARM_UP:],
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
        "loss": loss.item(),
        "threads": torch.get_num_threads(),
        "versions": f"PyTorch {torch.__version__}",
    }
    json.dump(result, sys.stdout)


main(*sys.argv[1:])
