"""Writes what torch gives for small models of the shapes of Hugging Face's folders, for Gradus.Formats.Tests.

Weights and inputs follow from a formula, so that the test makes the same ones by itself. The networks are written out here from the published
definitions of `transformers` (GPT2LMHeadModel, BertModel, ViTForImageClassification, ResNetForImageClassification), in float64.

    python3 tests/compare-torch/hugging_face.py
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

OUT = pathlib.Path(__file__).parent.parent / "Gradus.Formats.Tests" / "HuggingFace" / "expected.json"


def numbers(name, count):
    """Numbers in [-0.5, 0.5) by a hash of the name and the place."""
    seed = 2166136261
    for byte in name.encode():
        seed = ((seed ^ byte) * 16777619) & 0xFFFFFFFF
    for index in range(count):
        h = (index * 2654435761 + seed) & 0xFFFFFFFF
        h ^= h >> 16
        h = (h * 0x85EBCA6B) & 0xFFFFFFFF
        h ^= h >> 13
        h = (h * 0xC2B2AE35) & 0xFFFFFFFF
        h ^= h >> 16
        yield h / 4294967296 - 0.5


def tensor(name, shape):
    return torch.tensor(list(numbers(name, math.prod(shape)))).to(torch.float32).double().reshape(shape)


def weight(name, shape):
    """Factors of norms lie around 1, variances above 0, all else around 0."""
    x = tensor(name, shape).float()
    last = name.split(".")[-1]
    is_norm = any(word in name for word in ("ln_", "LayerNorm", "layernorm", "normalization"))
    if last == "running_var":
        return (1 + 0.5 * x).double()
    return (1 + 0.4 * x if is_norm and last == "weight" else 0.5 * x).double()


def tokens(batch, time, vocabulary):
    return torch.tensor([[(7 * time * row + 11 * at + 3) % vocabulary for at in range(time)] for row in range(batch)])


class Model:
    """The weights that a forward pass asks for, by their names, and the shapes that they have."""

    def __init__(self, config):
        self.config = config
        self.weights = {}

    def get(self, name, *shape):
        self.weights[name] = list(shape)
        return weight(name, shape)

    def linear(self, x, name, outputs):
        return x @ self.get(name + ".weight", outputs, x.shape[-1]).T + self.get(name + ".bias", outputs)

    def norm(self, x, name, epsilon):
        width = x.shape[-1]
        return F.layer_norm(x, (width,), self.get(name + ".weight", width), self.get(name + ".bias", width), epsilon)


def attention(q, k, v, heads, mask=None):
    split = lambda x: x.reshape(x.shape[0], x.shape[1], heads, -1).transpose(1, 2)
    q, k, v = split(q), split(k), split(v)
    scores = q @ k.transpose(2, 3) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return (scores.softmax(-1) @ v).transpose(1, 2).flatten(2)


def gpt2():
    c = {"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"], "vocab_size": 61, "n_positions": 16, "n_embd": 24, "n_layer": 2, "n_head": 3,
         "n_inner": None, "activation_function": "gelu_new", "layer_norm_epsilon": 1e-5, "scale_attn_weights": True}
    m = Model(c)
    ids = tokens(2, 9, 61)
    wte = m.get("transformer.wte.weight", 61, 24)
    x = wte[ids] + m.get("transformer.wpe.weight", 16, 24)[:9]
    conv1d = lambda x, name, outputs: x @ m.get(name + ".weight", x.shape[-1], outputs) + m.get(name + ".bias", outputs)
    causal = torch.ones(9, 9).tril().bool()
    for layer in range(2):
        h = f"transformer.h.{layer}."
        q, k, v = conv1d(m.norm(x, h + "ln_1", 1e-5), h + "attn.c_attn", 72).split(24, 2)
        x = x + conv1d(attention(q, k, v, 3, causal), h + "attn.c_proj", 24)
        u = conv1d(m.norm(x, h + "ln_2", 1e-5), h + "mlp.c_fc", 96)
        u = 0.5 * u * (1 + torch.tanh(math.sqrt(2 / math.pi) * (u + 0.044715 * u**3)))
        x = x + conv1d(u, h + "mlp.c_proj", 24)
    logits = m.norm(x, "transformer.ln_f", 1e-5) @ wte.T
    return m, {"logits": logits[:, [3, 8]]}


def bert():
    c = {"model_type": "bert", "architectures": ["BertModel"], "vocab_size": 53, "hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 3,
         "intermediate_size": 40, "hidden_act": "gelu", "max_position_embeddings": 16, "type_vocab_size": 2, "layer_norm_eps": 1e-12}
    m = Model(c)
    ids = tokens(2, 7, 53)
    mask = torch.tensor([[1] * 7, [1] * 4 + [0] * 3]).bool()
    types = torch.tensor([[0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 0, 0, 0]])
    x = (m.get("embeddings.word_embeddings.weight", 53, 24)[ids] + m.get("embeddings.token_type_embeddings.weight", 2, 24)[types]
         + m.get("embeddings.position_embeddings.weight", 16, 24)[:7])
    x = m.norm(x, "embeddings.LayerNorm", 1e-12)
    for layer in range(2):
        h = f"encoder.layer.{layer}."
        q, k, v = (m.linear(x, h + "attention.self." + name, 24) for name in ("query", "key", "value"))
        x = m.norm(x + m.linear(attention(q, k, v, 3, mask[:, None, None]), h + "attention.output.dense", 24), h + "attention.output.LayerNorm", 1e-12)
        u = F.gelu(m.linear(x, h + "intermediate.dense", 40))
        x = m.norm(x + m.linear(u, h + "output.dense", 24), h + "output.LayerNorm", 1e-12)
    pooled = torch.tanh(m.linear(x[:, 0], "pooler.dense", 24))
    share = mask[:, :, None].double()
    mean = (x * share).sum(1) / share.sum(1).clamp(min=1e-9)
    return m, {"states": x[:, [0, 3]], "pooled": pooled, "embedding": F.normalize(mean, dim=1)}


def vit():
    c = {"model_type": "vit", "architectures": ["ViTForImageClassification"], "image_size": 12, "patch_size": 4, "num_channels": 3, "hidden_size": 24,
         "num_hidden_layers": 2, "num_attention_heads": 3, "intermediate_size": 40, "hidden_act": "gelu", "layer_norm_eps": 1e-12, "qkv_bias": True,
         "id2label": {str(label): f"class {label}" for label in range(5)}}
    m = Model(c)
    e = "vit.embeddings."
    patches = F.conv2d(tensor("pixels", (2, 3, 12, 12)), m.get(e + "patch_embeddings.projection.weight", 24, 3, 4, 4),
                       m.get(e + "patch_embeddings.projection.bias", 24), stride=4).flatten(2).transpose(1, 2)
    x = torch.cat([m.get(e + "cls_token", 1, 1, 24).expand(2, 1, 24), patches], 1) + m.get(e + "position_embeddings", 1, 10, 24)
    for layer in range(2):
        h = f"vit.encoder.layer.{layer}."
        n = m.norm(x, h + "layernorm_before", 1e-12)
        q, k, v = (m.linear(n, h + "attention.attention." + name, 24) for name in ("query", "key", "value"))
        x = x + m.linear(attention(q, k, v, 3), h + "attention.output.dense", 24)
        u = F.gelu(m.linear(m.norm(x, h + "layernorm_after", 1e-12), h + "intermediate.dense", 40))
        x = x + m.linear(u, h + "output.dense", 24)
    x = m.norm(x, "vit.layernorm", 1e-12)
    return m, {"states": x[:, [0, 5]], "logits": m.linear(x[:, 0], "classifier", 5)}


def resnet(kind, widths, depths, first, bottleneck):
    c = {"model_type": "resnet", "architectures": ["ResNetForImageClassification"], "num_channels": 3, "embedding_size": 8, "hidden_sizes": widths,
         "depths": depths, "layer_type": kind, "hidden_act": "relu", "downsample_in_first_stage": first, "downsample_in_bottleneck": bottleneck,
         "id2label": {str(label): f"class {label}" for label in range(4)}}
    m = Model(c)

    def conv(x, name, outputs, kernel, stride=1, relu=True):
        x = F.conv2d(x, m.get(name + ".convolution.weight", outputs, x.shape[1], kernel, kernel), stride=stride, padding=kernel // 2)
        n = name + ".normalization."
        mean, variance = m.get(n + "running_mean", outputs), m.get(n + "running_var", outputs)
        x = F.batch_norm(x, mean, variance, m.get(n + "weight", outputs), m.get(n + "bias", outputs), eps=1e-5)
        return x.relu() if relu else x

    x = conv(tensor("pixels", (2, 3, 32, 32)), "resnet.embedder.embedder", 8, 7, 2)
    x = F.max_pool2d(x, 3, 2, 1)
    for stage, (width, depth) in enumerate(zip(widths, depths)):
        for block in range(depth):
            h = f"resnet.encoder.stages.{stage}.layers.{block}."
            stride = 2 if block == 0 and (stage > 0 or first) else 1
            side = conv(x, h + "shortcut", width, 1, stride, relu=False) if stride > 1 or x.shape[1] != width else x
            if kind == "basic":
                u = conv(conv(x, h + "layer.0", width, 3, stride), h + "layer.1", width, 3, relu=False)
            else:
                u = conv(x, h + "layer.0", width // 4, 1, stride if bottleneck else 1)
                u = conv(conv(u, h + "layer.1", width // 4, 3, 1 if bottleneck else stride), h + "layer.2", width, 1, relu=False)
            x = (u + side).relu()
    return m, {"logits": m.linear(x.mean((2, 3)), "classifier.1", 4)}


def main():
    models = {
        "gpt2": gpt2(),
        "bert": bert(),
        "vit": vit(),
        "resnet-basic": resnet("basic", [8, 12], [1, 2], True, False),
        "resnet-bottleneck": resnet("bottleneck", [16, 24], [2, 1], False, False),
        "resnet-bottleneck-first": resnet("bottleneck", [16, 24], [1, 1], False, True),
    }
    lines = []
    for name, (model, outputs) in models.items():
        shapes = ",\n   ".join(f"{json.dumps(key)}: {shape}" for key, shape in model.weights.items())
        figures = ",\n   ".join(f'{json.dumps(key)}: [{", ".join(f"{x:.7g}" for x in value.flatten().tolist())}]' for key, value in outputs.items())
        lines.append(f'{json.dumps(name)}: {{"config": {json.dumps(model.config)},\n  "weights": {{\n   {shapes}}},\n  "outputs": {{\n   {figures}}}}}')
    OUT.write_text("{" + ",\n".join(lines) + "}\n")


main()
