//! Hostile systems: addresses, names, redirects and answers that try to lead a call astray or to hold it for ever. Each is
//! refused or bounded, and the event log says why.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod names;
#[cfg(test)]
mod redirects;
#[cfg(test)]
mod targets;
#[cfg(test)]
mod trial;
#[cfg(test)]
mod wire;

#[cfg(test)]
mod table {
    use std::sync::Arc;

    use crate::trial::{Case, Ground};
    use crate::{answers, names, redirects, targets};

    async fn every_one(cases: Vec<Case>, ground: Ground) {
        let ground = Arc::new(ground);
        let trials: Vec<_> = cases
            .into_iter()
            .map(|case| tokio::spawn(case.tried(ground.clone())))
            .collect();
        let mut wrong = Vec::new();
        for trial in trials {
            wrong.extend(trial.await.unwrap().err());
        }
        assert!(wrong.is_empty(), "{} went wrong:\n{}", wrong.len(), wrong.join("\n"));
    }

    #[tokio::test]
    async fn no_address_of_this_machine_or_of_a_private_network_is_called_however_it_is_written() {
        every_one(targets::cases(), Ground::new()).await;
    }

    #[tokio::test]
    async fn no_name_leads_there_and_a_name_that_changes_its_address_gains_nothing() {
        let ground = Ground::new();
        every_one(names::cases().await, ground).await;
    }

    #[tokio::test]
    async fn no_redirect_leads_there_and_none_goes_on_for_ever() {
        every_one(redirects::cases().await, Ground::new()).await;
    }

    #[tokio::test]
    async fn no_answer_is_endless() {
        every_one(answers::cases().await, Ground::new()).await;
    }

    #[tokio::test]
    async fn there_are_enough_of_them() {
        let count = targets::cases().len()
            + names::cases().await.len()
            + redirects::cases().await.len()
            + answers::cases().await.len();
        assert!(count >= 80, "{count} hostile systems");
    }
}
