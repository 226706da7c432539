"""Prints the reference values of RenyiAccountantTest: epsilon by two independent accountants at whole orders 2 to 256, and by the
second at its own orders, which are not all whole.

Needs: pip install opacus dp-accounting
"""

from dp_accounting import dp_event
from dp_accounting.rdp import rdp_privacy_accountant
from opacus.accountants.analysis import rdp as opacus_rdp

ORDERS = list(range(2, 257))
CASES = [
    # sampling rate, noise multiplier, steps, delta
    (0.01, 1.0, 1000, 1e-5),
    (0.01, 0.7, 100, 1e-5),
    (256 / 60000, 1.1, 60 * 234, 1e-5),
    (0.0028444444, 2.0, 10000, 2e-6),
    (0.1, 4.0, 500, 1e-5),
    (1.0, 10.0, 10, 1e-5),
    (0.02, 0.5, 50, 1e-4),
    (0.001, 8.0, 1, 1e-5),
]

for q, sigma, steps, delta in CASES:
    accountant = rdp_privacy_accountant.RdpAccountant(orders=ORDERS)
    accountant.compose(dp_event.PoissonSampledDpEvent(q, dp_event.GaussianDpEvent(sigma)), steps)
    google = accountant.get_epsilon(delta)
    spent = opacus_rdp.compute_rdp(q=q, noise_multiplier=sigma, steps=steps, orders=ORDERS)
    meta, _ = opacus_rdp.get_privacy_spent(orders=ORDERS, rdp=spent, delta=delta)
    fractional = [1 + x / 10.0 for x in range(1, 100)] + list(range(12, 64))
    default, _ = opacus_rdp.get_privacy_spent(
        orders=fractional,
        rdp=opacus_rdp.compute_rdp(q=q, noise_multiplier=sigma, steps=steps, orders=fractional),
        delta=delta,
    )
    print(f"{q!r}, {sigma!r}, {steps}, {delta!r}, {float(google)!r}, {float(meta)!r}, {float(default)!r}")
