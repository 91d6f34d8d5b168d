"""Ten steps of PyTorch's optimizers in float64, and its schedules' factors: the numbers that TorchStepsTests holds Gradus against.

Run it with PyTorch 1.13 or later: python3 nn_optim.py > ../Gradus.Nn.Tests/Optim/torch_steps.txt
"""
import torch

START = [[-1.2, 0.3, 0.8], [2.0, -0.05, 1e-3]]

OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, dampening=0.3, weight_decay=0.1),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.1),
    "adam": lambda p: torch.optim.Adam(p, lr=0.1, weight_decay=0.1),
    "amsgrad": lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.5, 0.6), amsgrad=True),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.1),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=0.1, lr_decay=0.1, weight_decay=0.1, initial_accumulator_value=0.2),
    "adadelta": lambda p: torch.optim.Adadelta(p, lr=0.7, weight_decay=0.1),
    "adamax": lambda p: torch.optim.Adamax(p, lr=0.1, weight_decay=0.1),
    "averaged": lambda p: torch.optim.ASGD(p, lr=0.1, lambd=0.01, t0=3, weight_decay=0.1),
    # In 1.13 the loop over parameters takes one momentum too many into its product; the foreach variant does not.
    "nadam": lambda p: torch.optim.NAdam(p, lr=0.1, weight_decay=0.1, foreach=True),
    "radam": lambda p: torch.optim.RAdam(p, lr=0.1, weight_decay=0.1),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.1, momentum=0.5, weight_decay=0.1),
    "rmsprop, centered": lambda p: torch.optim.RMSprop(p, lr=0.1, centered=True),
    "rprop": lambda p: torch.optim.Rprop(p, lr=0.1),
}


def steps(make):
    p = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = make([p])
    for step in range(10):
        p.grad = (p.detach().sin() + 0.5 * (step % 3 - 1)).clone()
        optimizer.step()
    return p.detach()


def schedule(make):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    scheduler = make(optimizer)
    factors = []
    for _ in range(12):
        factors.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return torch.tensor(factors, dtype=torch.float64)


S = torch.optim.lr_scheduler
SCHEDULES = {
    "schedule step": lambda o: S.StepLR(o, 3, 0.5),
    "schedule multistep": lambda o: S.MultiStepLR(o, [3, 5], 0.1),
    "schedule constant": lambda o: S.ConstantLR(o, 0.5, 4),
    "schedule linear": lambda o: S.LinearLR(o, 0.25, 1, 5),
    "schedule exponential": lambda o: S.ExponentialLR(o, 0.9),
    "schedule polynomial": lambda o: S.PolynomialLR(o, 8, 2.0),
    "schedule cosine": lambda o: S.CosineAnnealingLR(o, 8, 0.1),
    "schedule restarts": lambda o: S.CosineAnnealingWarmRestarts(o, 3, 2, 0.1),
    "schedule cyclic": lambda o: S.CyclicLR(o, 0.2, 1.0, 4, 2, mode="triangular2", cycle_momentum=False),
    "schedule onecycle": lambda o: S.OneCycleLR(o, 1.0, total_steps=13, cycle_momentum=False),
    "schedule onecycle, three phases": lambda o: S.OneCycleLR(o, 1.0, total_steps=13, pct_start=0.4, three_phase=True, anneal_strategy="linear", cycle_momentum=False),
}

if __name__ == "__main__":
    for table, run in ((OPTIMIZERS, steps), (SCHEDULES, schedule)):
        for name, make in table.items():
            print(name, *(repr(value) for value in run(make).flatten().tolist()), sep="\t")
