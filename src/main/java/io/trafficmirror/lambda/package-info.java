/**
 * The Lambda runtime: conversion of Lambda's types, settings, wiring, logs and metrics.
 *
 * <p>The only package that imports Lambda's types, and the only one that reads the clock or the
 * environment. Lambda calls an environment with one batch at a time; unless stated otherwise,
 * nothing here is thread-safe.
 */
@NullMarked
package io.trafficmirror.lambda;

import org.jspecify.annotations.NullMarked;
