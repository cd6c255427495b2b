"""Several processes that train one model together: each works on its part of a batch, gradients are summed between them.

No DistributedDataParallel: gradient penalties differentiate twice, which its hooks do not follow; one sum over all gradients laid
end to end does, for every loss alike.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import torch
import torch.distributed as distributed


class Ranks(NamedTuple):
    """This process's number among ``world``."""

    rank: int = 0
    world: int = 1

    def sum(self, gradients: Sequence[torch.Tensor]) -> None:
        """Replaces each by its sum over all ranks; they have the same ones in the same order."""
        if self.world == 1 or not gradients:
            return
        together = torch.cat([one.reshape(-1) for one in gradients])
        distributed.all_reduce(together)
        for one, summed in zip(gradients, together.split([one.numel() for one in gradients]), strict=True):
            one.copy_(summed.view_as(one))

    def summed(self, values: Mapping[str, float]) -> dict[str, float]:
        """The same values summed over all ranks, so that each goes on alike."""
        if self.world == 1:
            return dict(values)
        together = torch.tensor(list(values.values()), dtype=torch.float64)
        distributed.all_reduce(together)
        return dict(zip(values, together.tolist(), strict=True))

    def any(self, true: bool) -> bool:
        """Whether it is so on one of them."""
        return self.summed({"true": float(true)})["true"] > 0

    def wait(self) -> None:
        """Until all ranks are here: the first one writes files that the others may need."""
        if self.world > 1:
            distributed.barrier()


ALONE = Ranks()


def of_environment() -> Ranks:
    """The ranks as torchrun names them, joined to each other; a single one where it did not start this process."""
    world = int(os.environ.get("WORLD_SIZE", "1"))
    if world == 1:
        return ALONE
    if not distributed.is_initialized():
        cards = torch.cuda.is_available() and distributed.is_nccl_available()
        distributed.init_process_group("cpu:gloo,cuda:nccl" if cards else "gloo")
    return Ranks(distributed.get_rank(), world)
