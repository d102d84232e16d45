//! Named tensors of a safetensors file.

use std::path::Path;

use safetensors::{Dtype, SafeTensors};

use crate::EncoderError;

/// The bytes of a file.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, EncoderError> {
    std::fs::read(path).map_err(|source| EncoderError::Unreadable {
        path: path.display().to_string(),
        source,
    })
}

/// The tensors of an open file, with its name for errors.
pub(crate) struct Tensors<'a> {
    path: &'a Path,
    tensors: SafeTensors<'a>,
}

impl<'a> Tensors<'a> {
    pub(crate) fn open(path: &'a Path, bytes: &'a [u8]) -> Result<Self, EncoderError> {
        let tensors = SafeTensors::deserialize(bytes).map_err(|error| damaged(path, error))?;
        Ok(Self { path, tensors })
    }

    /// Floats, of that many.
    pub(crate) fn floats(&self, name: &str, count: usize) -> Result<Vec<f32>, EncoderError> {
        let bytes = self.data(name, Dtype::F32, count * 4)?;
        let float = |four: &[u8]| f32::from_le_bytes([four[0], four[1], four[2], four[3]]);
        Ok(bytes.chunks_exact(4).map(float).collect())
    }

    /// Whole numbers of 16 bits, of that many.
    pub(crate) fn shorts(&self, name: &str, count: usize) -> Result<Vec<i16>, EncoderError> {
        let bytes = self.data(name, Dtype::I16, count * 2)?;
        let short = |two: &[u8]| i16::from_le_bytes([two[0], two[1]]);
        Ok(bytes.chunks_exact(2).map(short).collect())
    }

    /// Signed bytes, of that many.
    pub(crate) fn signed(&self, name: &str, count: usize) -> Result<Vec<i8>, EncoderError> {
        let bytes = self.data(name, Dtype::I8, count)?;
        Ok(bytes.iter().map(|byte| byte.cast_signed()).collect())
    }

    fn data(&self, name: &str, dtype: Dtype, length: usize) -> Result<&'a [u8], EncoderError> {
        let tensor = self.tensors.tensor(name).map_err(|error| damaged(self.path, error))?;
        if tensor.dtype() != dtype || tensor.data().len() != length {
            return Err(damaged(self.path, format!("\"{name}\" has another type or size")));
        }
        Ok(tensor.data())
    }
}

/// The file at this path is not what it should be.
pub(crate) fn damaged(path: &Path, why: impl ToString) -> EncoderError {
    EncoderError::Damaged {
        path: path.display().to_string(),
        why: why.to_string(),
    }
}
