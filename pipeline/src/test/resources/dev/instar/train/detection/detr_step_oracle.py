# One step of a tiny DETR, worked out anew in PyTorch 1.13.1 in float64, to be compared with; values follow from the
# names of parameters, as the README of the golden values says. Formulae: facebookresearch/detr 29901c51, names of
# transformers 4.36. Run: python3 detr_step_oracle.py > detr_step.json
import json, math, numpy as np, torch, torch.nn.functional as F
from scipy.optimize import linear_sum_assignment

torch.set_default_dtype(torch.float64)
SALT, WIDTH, HEADS, HIDDEN, QUERIES, LAYERS = 77, 16, 4, 32, 4, 2
BACKBONE, M = 'model.backbone.conv_encoder.model.', (1 << 64) - 1

def drawn(name, shape, scale=None):
    h = 0xcbf29ce484222325
    for b in name.encode():
        h = (h ^ b) * 0x100000001b3 & M
    seed, n = h ^ SALT, int(np.prod(shape))
    with np.errstate(over='ignore'):
        z = np.uint64(seed) + np.arange(1, n + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    u = (z >> np.uint64(40)).astype(np.float64) * 2.0 ** -24
    v = 2 * u - 1
    if name == 'input': x = 2 * v
    elif name.endswith('running_mean'): x = 0.1 * v
    elif name.endswith('running_var'): x = 1 + 0.5 * u
    elif name.endswith('query_position_embeddings.weight'): x = 0.1 * v
    elif len(shape) >= 2: x = v * math.sqrt(3 / (n / shape[0]))
    elif name.endswith('.bias'): x = 0.05 * v
    elif name.endswith('.weight'): x = 1 + 0.1 * v
    return torch.tensor(x.astype(np.float32).astype(np.float64).reshape(shape))

P = {}
def par(name, *shape):
    if name not in P: P[name] = drawn(name, shape).requires_grad_(True)
    return P[name]

def linear(x, name, n_in, n_out):
    return x @ par(name + '.weight', n_out, n_in).T + par(name + '.bias', n_out)

def norm(x, name):
    m = x.mean(-1, keepdim=True); v = ((x - m) ** 2).mean(-1, keepdim=True)
    return (x - m) / torch.sqrt(v + 1e-5) * par(name + '.weight', WIDTH) + par(name + '.bias', WIDTH)

def frozen(x, name):
    c = x.shape[1]
    w, b, m, v = (drawn(name + s, (c,)) for s in ('.weight', '.bias', '.running_mean', '.running_var'))
    scale = w / torch.sqrt(v + 1e-5)
    return x * scale[:, None, None] + (b - m * scale)[:, None, None]

def conv(x, name, c_out, k, stride):
    return F.conv2d(x, par(BACKBONE + name + '.weight', c_out, x.shape[1], k, k), stride=stride, padding=k // 2)

def block(x, name, c, stride):
    y = F.relu(frozen(conv(x, name + '.conv1', c, 3, stride), BACKBONE + name + '.bn1'))
    y = frozen(conv(y, name + '.conv2', c, 3, 1), BACKBONE + name + '.bn2')
    if stride > 1: x = frozen(conv(x, name + '.downsample.0', c, 1, stride), BACKBONE + name + '.downsample.1')
    return F.relu(x + y)

def backbone(x):
    x = F.max_pool2d(F.relu(frozen(conv(x, 'conv1', 64, 7, 2), BACKBONE + 'bn1')), 3, 2, 1)
    for stage, c in ((1, 64), (2, 128)):
        for i in range(2): x = block(x, f'layer{stage}.{i}', c, 2 if stage == 2 and i == 0 else 1)
    return x

def attention(name, q, k, v):
    split = lambda x: x.reshape(x.shape[0], x.shape[1], HEADS, WIDTH // HEADS).permute(0, 2, 1, 3)
    q, k, v = (split(linear(x, f'{name}.{p}_proj', WIDTH, WIDTH)) for p, x in (('q', q), ('k', k), ('v', v)))
    mixed = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS), -1) @ v
    return linear(mixed.permute(0, 2, 1, 3).reshape(mixed.shape[0], -1, WIDTH), name + '.out_proj', WIDTH, WIDTH)

def feed(x, name):
    return linear(F.relu(linear(x, name + '.fc1', WIDTH, HIDDEN)), name + '.fc2', HIDDEN, WIDTH)

def sines(rows, columns):  # in float32, sines rounded once
    f, half = np.float32, WIDTH // 2
    t = np.array([10000.0 ** (2 * (i // 2) / half) for i in range(half)]).astype(f)
    def along(n):
        place = np.arange(1, n + 1).astype(f) / f(f(n) + f(1e-6)) * f(2 * math.pi)
        a = (place[:, None] / t).astype(f).astype(np.float64)
        a[:, 0::2] = np.sin(a[:, 0::2]); a[:, 1::2] = np.cos(a[:, 1::2])
        return a.astype(f).astype(np.float64)
    y, x = along(rows), along(columns)
    grid = np.concatenate([np.repeat(y[:, None], columns, 1), np.repeat(x[None], rows, 0)], 2)
    return torch.tensor(grid.reshape(1, rows * columns, WIDTH))

def detr(images):
    x = backbone(images)
    weight = par('model.input_projection.weight', WIDTH, 128, 1, 1)
    x = F.conv2d(x, weight, par('model.input_projection.bias', WIDTH))
    n, _, rows, columns = x.shape
    place, x = sines(rows, columns), x.flatten(2).permute(0, 2, 1)
    for i in range(LAYERS):
        name = f'model.encoder.layers.{i}'
        x = norm(x + attention(name + '.self_attn', x + place, x + place, x), name + '.self_attn_layer_norm')
        x = norm(x + feed(x, name), name + '.final_layer_norm')
    asked = par('model.query_position_embeddings.weight', QUERIES, WIDTH)[None]
    y, logits, boxes = torch.zeros(n, QUERIES, WIDTH), [], []
    for i in range(LAYERS):
        name = f'model.decoder.layers.{i}'
        y = norm(y + attention(name + '.self_attn', y + asked, y + asked, y), name + '.self_attn_layer_norm')
        y = norm(y + attention(name + '.encoder_attn', y + asked, x + place, x), name + '.encoder_attn_layer_norm')
        y = norm(y + feed(y, name), name + '.final_layer_norm')
        z = norm(y, 'model.decoder.layernorm')
        logits.append(linear(z, 'class_labels_classifier', WIDTH, 2))
        for j in range(3):
            z = linear(z, f'bbox_predictor.layers.{j}', WIDTH, WIDTH if j < 2 else 4)
            z = F.relu(z) if j < 2 else torch.sigmoid(z)
        boxes.append(z)
    return logits, boxes

def giou(a, b):  # of single boxes: centre and size
    def span(i):
        a0, a1, b0, b1 = a[i] - a[i + 2] / 2, a[i] + a[i + 2] / 2, b[i] - b[i + 2] / 2, b[i] + b[i + 2] / 2
        return (torch.min(a1, b1) - torch.max(a0, b0)).clamp(min=0), torch.max(a1, b1) - torch.min(a0, b0)
    (w, W), (h, H) = span(0), span(1)
    union = a[2] * a[3] + b[2] * b[3] - w * h
    return w * h / union - (W * H - union) / (W * H)

def losses(logits, boxes, targets):
    things, classes, l1, overlap, weight = sum(map(len, targets)), 0, 0, 0, 0
    for s, target in enumerate(targets):
        p = logits[s].softmax(-1)
        cost = [[float(5 * (boxes[s, q] - t).abs().sum() - p[q, 0] - 2 * giou(boxes[s, q], t)) for t in target]
                for q in range(QUERIES)]
        query, thing = linear_sum_assignment(np.array(cost))
        for q in range(QUERIES):
            found = q in query
            w = 1.0 if found else 0.1
            classes = classes - w * logits[s].log_softmax(-1)[q, 0 if found else 1]
            weight += w
        for q, t in zip(query, thing):
            l1 = l1 + (boxes[s, q] - target[t]).abs().sum() / things
            overlap = overlap + (1 - giou(boxes[s, q], target[t])) / things
    return classes / weight, l1, overlap

TARGETS = [[[0.3, 0.4, 0.25, 0.2], [0.7, 0.65, 0.3, 0.5]], [[0.55, 0.5, 0.4, 0.6]]]
targets = [torch.tensor(np.array(t, dtype=np.float32).astype(np.float64)) for t in TARGETS]
logits, boxes = detr(drawn('input', (2, 3, 64, 64)))
parts = [losses(l, b, targets) for l, b in zip(logits, boxes)]
total = sum(c + 5 * l + 2 * g for c, l, g in parts)
total.backward()
out = {'provenance': 'detr_step_oracle.py: PyTorch %s, NumPy %s, float64' % (torch.__version__, np.__version__),
       'salt': SALT, 'input_shape': [2, 3, 64, 64], 'targets': TARGETS, 'total': total.item(), 'parts': [x.item() for x in parts[-1]]}
gradients = {k: (p.grad.norm().item(), p.grad.flatten()[:4].tolist()) for k, p in P.items()}
before = {k: p.detach().clone() for k, p in P.items()}
split = lambda slow: [p for k, p in P.items() if k.startswith(BACKBONE) == slow]
optimizer = torch.optim.AdamW([{'params': split(False)}, {'params': split(True), 'lr': 1e-5}], lr=1e-4, weight_decay=1e-4)
out['norm'] = torch.nn.utils.clip_grad_norm_(list(P.values()), 0.1).item()
optimizer.step()
out['parameters'] = {k: {'gradient_norm': g[0], 'gradient_first': g[1], 'change_norm': (P[k].detach() - before[k]).norm().item()}
                     for k, g in gradients.items()}
print(json.dumps(out).replace('}, ', '},\n').replace('{"model', '{\n"model'))
