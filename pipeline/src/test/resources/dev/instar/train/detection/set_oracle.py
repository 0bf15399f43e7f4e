"""Values that AssignmentTest and SetCriterionTest compare with: writes assignment.json and set_criterion.json here.

The formulae are those of facebookresearch/detr 29901c51 (models/matcher.py, models/detr.py, util/box_ops.py), written
anew over PyTorch in float64 and SciPy's linear_sum_assignment. Run: python3 set_oracle.py
"""
import json
import numpy as np, scipy, torch, torch.nn.functional as F
from scipy.optimize import linear_sum_assignment
rng = np.random.RandomState(7)
L, N, Q, K = 3, 4, 5, 2

def corners(b):
    c, s = b[..., :2], b[..., 2:]
    return torch.cat([c - 0.5 * s, c + 0.5 * s], -1)

def giou_matrix(a, b):
    lt = torch.max(a[:, None, :2], b[None, :, :2]); rb = torch.min(a[:, None, 2:], b[None, :, 2:])
    wh = (rb - lt).clamp(min=0); inter = wh[..., 0] * wh[..., 1]
    area = lambda x: (x[:, 2] - x[:, 0]) * (x[:, 3] - x[:, 1])
    union = area(a)[:, None] + area(b)[None] - inter
    lt = torch.min(a[:, None, :2], b[None, :, :2]); rb = torch.max(a[:, None, 2:], b[None, :, 2:])
    wh = (rb - lt).clamp(min=0); hull = wh[..., 0] * wh[..., 1]
    return inter / union - (hull - union) / hull

def layer_losses(logits, boxes, targets):
    idx = []
    with torch.no_grad():
        for n, (lab, tb) in enumerate(targets):
            if len(lab) == 0:
                idx.append(([], [])); continue
            p = logits[n].softmax(-1)
            cost = 5 * torch.cdist(boxes[n], tb, p=1) - p[:, lab] - 2 * giou_matrix(corners(boxes[n]), corners(tb))
            i, j = linear_sum_assignment(cost.numpy())
            idx.append((i.tolist(), j.tolist()))
    none = logits.shape[-1] - 1
    classes = torch.full((logits.shape[0], logits.shape[1]), none, dtype=torch.int64)
    l1 = boxes.sum() * 0; gi = boxes.sum() * 0
    num = max(1, sum(len(t[0]) for t in targets))
    for n, ((i, j), (lab, tb)) in enumerate(zip(idx, targets)):
        for a, b in zip(i, j):
            classes[n, a] = lab[b]
            l1 = l1 + (boxes[n, a] - tb[b]).abs().sum()
            gi = gi + 1 - giou_matrix(corners(boxes[n, a:a+1]), corners(tb[b:b+1]))[0, 0]
    w = torch.ones(none + 1, dtype=logits.dtype); w[-1] = 0.1
    ce = F.cross_entropy(logits.transpose(1, 2), classes, w)
    return ce, l1 / num, gi / num, idx

def case(name, counts):
    logits = torch.tensor(np.round(rng.randn(L, N, Q, K + 1) * 2, 4), dtype=torch.float64, requires_grad=True)
    b = np.concatenate([rng.uniform(0.15, 0.85, (L, N, Q, 2)), rng.uniform(0.02, 0.6, (L, N, Q, 2))], -1)
    boxes = torch.tensor(np.round(b, 4), dtype=torch.float64, requires_grad=True)
    targets = []
    for c in counts:
        tb = np.concatenate([rng.uniform(0.2, 0.8, (c, 2)), rng.uniform(0.05, 0.4, (c, 2))], -1)
        # multiples of 1/4096, which float32 holds exactly
        tb = np.round(tb * 4096) / 4096
        targets.append((torch.tensor(rng.randint(0, K, c), dtype=torch.int64), torch.tensor(tb, dtype=torch.float64).reshape(c, 4)))
    total = 0; parts = []; pairs = []
    for l in range(L):
        ce, l1, gi, idx = layer_losses(logits[l], boxes[l], targets)
        total = total + ce + 5 * l1 + 2 * gi
        parts.append([float(ce), float(l1), float(gi)]); pairs.append(idx)
    total.backward()
    flat = lambda t: [float(x) for x in t.detach().reshape(-1)]
    return dict(name=name, layers=L, queries=Q, labels=K, logits=flat(logits), boxes=flat(boxes),
        targets=[dict(labels=t[0].tolist(), boxes=flat(t[1])) for t in targets],
        losses=parts, total=float(total), logits_gradient=flat(logits.grad), boxes_gradient=flat(boxes.grad),
        pairs=[[[ [i, j] for i, j in zip(*p)] for p in layer] for layer in pairs])

def main():
    out = dict(provenance="facebookresearch/detr 29901c51 (models/matcher.py, models/detr.py, util/box_ops.py), its formulae written anew with torch %s and scipy in float64; drawn with numpy's RandomState(7)" % torch.__version__,
      cases=[case("things in every picture", [2, 1, 3, 1]), case("empty wells among them", [0, 2, 0, 1]), case("empty wells alone", [0, 0, 0, 0]), case("more things than queries", [7, 1, 0, 2])])
    out["provenance"] = out["provenance"].replace("scipy", "scipy " + scipy.__version__)
    with open("set_criterion.json", "w") as f:
        f.write('{"provenance": %s,\n "cases": [\n' % json.dumps(out["provenance"]))
        f.write(",\n".join("  {" + ",\n   ".join('%s: %s' % (json.dumps(k), json.dumps(v)) for k, v in c.items()) + "}" for c in out["cases"]))
        f.write("\n]}\n")
    # assignment oracle
    cases = []
    for r, c in [(1, 1), (3, 3), (4, 7), (7, 4), (1, 9), (10, 10), (12, 30), (0, 3)]:
        cost = np.round(rng.randn(r, c) * 10, 3)
        i, j = linear_sum_assignment(cost)
        cols = [-1] * r
        for a, b in zip(i, j): cols[a] = int(b)
        cases.append(dict(rows=r, columns=c, costs=[float(x) for x in cost.reshape(-1)], columns_of_rows=cols))
    with open("assignment.json", "w") as f:
        f.write('{"provenance": "scipy %s, linear_sum_assignment of costs drawn with numpy RandomState(7)",\n "cases": [\n' % scipy.__version__)
        f.write(",\n".join("  " + json.dumps(c) for c in cases)); f.write("\n]}\n")

if __name__ == "__main__":
    main()
