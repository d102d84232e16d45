//! Every action of every sample bundle, called for real at the demo service.

#[cfg(test)]
mod desk;
#[cfg(test)]
mod known;

#[cfg(test)]
mod actions;
