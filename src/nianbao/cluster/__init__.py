"""Sends jobs to a Dask cluster: same jobs, same bytes, on many machines.

Schedulers and workers import this package too, in the loop that answers their peers: here and in
`nianbao.cluster.helper` nothing is imported that takes long.
"""
